import { MaskloopError } from '../contracts/error.ts';

/** Longest document, in bytes: Node reads no longer file at once. A mask of 1080p with six ragged classes takes about 22,000. */
export const MAX_DOCUMENT_BYTES = 2 ** 31 - 1;

/**
 * Refuses a document that could be written, but not read again.
 *
 * @param bytes of the document, unpacked; undefined for more than allowed of which the number is not known
 * @throws MaskloopError `DocumentTooLarge`
 */
export function checkDocumentSize(bytes: number | undefined, where: string, limit = MAX_DOCUMENT_BYTES): void {
  if (bytes !== undefined && bytes <= limit) return;
  const size = bytes === undefined ? `more than ${limit} bytes` : `${bytes} bytes; ${limit} are allowed`;
  throw new MaskloopError('DocumentTooLarge', `${where} has ${size}.`, {
    facts: { file: where, bytes: bytes ?? null, limit },
  });
}
