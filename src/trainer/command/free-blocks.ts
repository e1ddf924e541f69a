import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { FileHandle } from 'node:fs/promises';

/**
 * Gives the beginning of a file back to the file system; it reads as zeros then. The file keeps its length, so that who
 * is writing to its end notices nothing, and nothing of that is lost. It is the open file that is meant, whatever has its
 * name by now. Only Linux can do so, by `fallocate` of util-linux, and not on every file system.
 *
 * @returns false where it cannot be done; the file is as it was
 */
export async function freeBlocks(file: FileHandle, bytes: number): Promise<boolean> {
  const words = ['--punch-hole', '--offset', '0', '--length', String(bytes), '/proc/self/fd/3'];
  const child = spawn('fallocate', words, { stdio: ['ignore', 'ignore', 'ignore', file.fd] });
  try {
    await once(child, 'exit');
    return child.exitCode === 0;
  } catch {
    return false;
  }
}
