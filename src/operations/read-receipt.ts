import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { receiptName } from '../contracts/ids.ts';
import type { Receipt } from '../contracts/receipt.ts';

/** What is read of the artifact store; every store offers it. */
export interface ReceiptStore {
  /** A named document; null if there is none. */
  getNamed(name: string): Promise<Uint8Array | null>;
  /** Names that begin with `prefix`. */
  listNamed(prefix: string): Promise<readonly string[]>;
}

/** What stands before and after the id in the name of a receipt. */
const [FOLDER = '', SUFFIX = ''] = receiptName('\0').split('\0');

/** The parts that every receipt has and that lists and pages rely on; the rest is shown only where it is there. */
const receiptShape = z.looseObject({
  schema: z.literal('maskloop.receipt/1'),
  id: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  input: z.looseObject({ connection: z.string(), project: z.string(), task: z.string() }),
  results: z.looseObject({}),
  steps: z.array(z.looseObject({ step: z.string(), outcome: z.string(), startedAt: z.string(), endedAt: z.string() })),
  decisions: z.array(z.looseObject({ what: z.string(), step: z.string(), by: z.string(), at: z.string() })),
});

/**
 * The receipt of a finished iteration; null if there is none.
 *
 * @throws MaskloopError `ArtifactCorrupt` if the document is no receipt, `StoreUnreachable`
 */
export async function readReceipt(store: ReceiptStore, id: string): Promise<Receipt | null> {
  const name = receiptName(id);
  const bytes = await store.getNamed(name);
  return bytes === null ? null : parseReceipt(bytes, name);
}

export async function hasReceipt(store: ReceiptStore, id: string): Promise<boolean> {
  return (await store.getNamed(receiptName(id))) !== null;
}

/** Ids of all iterations that have a receipt, sorted. */
export async function finishedIds(store: ReceiptStore): Promise<readonly string[]> {
  const names = await store.listNamed(FOLDER);
  const ids = names.filter((name) => name.endsWith(SUFFIX)).map((name) => name.slice(FOLDER.length, -SUFFIX.length));
  return ids.toSorted();
}

function parseReceipt(bytes: Uint8Array, name: string): Receipt {
  const parsed = parseJson(bytes);
  if (isReceipt(parsed)) return parsed;
  const where = receiptShape.safeParse(parsed).error?.issues[0]?.path.join('.') ?? '';
  throw new MaskloopError(
    'ArtifactCorrupt',
    `The document ${name} is not a receipt${where === '' ? '' : ` (${where})`}.`,
    {
      facts: { name, where },
    },
  );
}

function isReceipt(value: unknown): value is Receipt {
  return receiptShape.safeParse(value).success;
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return null;
  }
}
