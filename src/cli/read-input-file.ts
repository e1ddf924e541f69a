import { readFile } from 'node:fs/promises';
import { MaskloopError } from '../contracts/error.ts';

/**
 * Reads a file that a flag names.
 *
 * @param what it is, for the message: `categories file`
 * @throws MaskloopError `UnreadableFile`
 */
export async function readInputFile(what: string, file: string): Promise<Buffer> {
  return readFile(file).catch((error: unknown) => {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    throw new MaskloopError('UnreadableFile', `The ${what} ${file} cannot be read (${code}).`, {
      facts: { file, reason: code },
      cause: error,
    });
  });
}
