import { readFileSync } from 'node:fs';
import { unreadable } from './file-failures.ts';

/**
 * Reads a file and waits for the disk: for files of a few kB, an asynchronous read takes several times as long.
 *
 * @throws MaskloopError `UnreadableFile`
 */
export function readFileNow(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}
