import { createHash } from 'node:crypto';
import { MaskloopError } from '../contracts/error.ts';
import { readFileNow } from './read-file-now.ts';

/** A mask file to be converted. */
export interface MaskFile {
  readonly path: string;
  /** What messages call it; its path if left out. */
  readonly name?: string;
  /** Lower-case hex SHA-256 that its content must have; any content will do if left out. */
  readonly sha256?: string;
}

/**
 * Reads a mask and looks at the very bytes that are converted: a file that is hashed at another time may be another one.
 *
 * @throws MaskloopError `UnreadableFile`; `InputChanged` for other content
 */
export function readMaskFile({ path, sha256, name = path }: MaskFile): Uint8Array {
  const bytes = readFileNow(path);
  if (sha256 === undefined) return bytes;
  const found = createHash('sha256').update(bytes).digest('hex');
  if (found === sha256) return bytes;
  throw new MaskloopError('InputChanged', `${name} has changed since the iteration was started.`, {
    facts: { file: name, expected: sha256, found },
  });
}
