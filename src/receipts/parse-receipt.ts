import { MaskloopError } from '../contracts/error.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { receiptSchema } from './schema/receipt.ts';

/**
 * Reads the bytes of a receipt, of this schema or the one before. Fields that this version does not know stay in it.
 *
 * @param name of the document, for messages
 * @throws MaskloopError `ArtifactCorrupt` if it is no receipt
 */
export function parseReceipt(bytes: Uint8Array, name: string): Receipt {
  const parsed = parseJson(bytes);
  if (isReceipt(parsed)) return parsed;
  const where = receiptSchema.safeParse(parsed).error?.issues[0]?.path.join('.') ?? '';
  throw new MaskloopError(
    'ArtifactCorrupt',
    `The document ${name} is not a receipt${where === '' ? '' : ` (${where})`}.`,
    { facts: { name, where } },
  );
}

function isReceipt(value: unknown): value is Receipt {
  return receiptSchema.safeParse(value).success;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
