import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, inFolder, writeWhole } from './folder.ts';
import { freeBlocks } from './free-blocks.ts';
import type { Progress } from './progress.ts';
import type { CommandRun } from './run-folder.ts';
import { scanProgress, type Scanned, type Seen } from './scan-progress.ts';
import { newestNote, writeNote } from './seen-notes.ts';

/** A program may write without end; what is older than its last megabyte is dropped now and then. */
const MAX_BYTES = 4 * 1024 * 1024;
const KEPT_BYTES = 1024 * 1024;
const LAST_LINES = 20;

/** What a program has printed, on both outputs. */
export interface Output {
  /** The last lines as people read them. */
  readonly lastLines: readonly string[];
  /** By every line that was ever printed; null before the first that tells it. */
  readonly progress: Progress | null;
}

/**
 * Reads the output of a run, and drops the older part of one that has grown large; its progress is noted before. Of a
 * program that may still write nothing is cut that it could be writing to.
 */
export async function readOutput({ folder, status }: Pick<CommandRun, 'folder' | 'status'>): Promise<Output> {
  const path = join(folder, 'output.log');
  return inFolder(path, async () => {
    const file = await openOrNull(path);
    if (file === null) return { lastLines: [], progress: null };
    try {
      const { noted, seen, all } = await readOn(folder, file);
      const end = await lastBytes(file);
      if (status === 'RUNNING' || status === 'SUBMITTED') {
        if (seen.bytes - noted.bytes > MAX_BYTES) {
          await writeNote(folder, seen);
          await freeBlocks(file, seen.bytes - KEPT_BYTES);
        }
      } else if ((await file.stat()).size > MAX_BYTES) {
        await writeNote(folder, all);
        await writeWhole(path, end);
      }
      return { lastLines: linesOf(end).slice(-LAST_LINES), progress: all.progress };
    } finally {
      await file.close();
    }
  });
}

/**
 * What was noted, and what is behind that. The file was opened before: if it is the short one that is left of an ended run,
 * the note covers all of it. Where another worker has noted more meanwhile, and freed what was just read, it is read again.
 */
async function readOn(folder: string, file: FileHandle): Promise<Scanned & { readonly noted: Seen }> {
  for (;;) {
    const noted = await newestNote(folder);
    const scanned = await scanProgress(file, noted);
    if ((await newestNote(folder)).bytes === noted.bytes) return { ...scanned, noted };
  }
}

async function lastBytes(file: FileHandle): Promise<Buffer> {
  const { size } = await file.stat();
  const length = Math.min(size, KEPT_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
  return buffer.subarray(0, bytesRead);
}

function linesOf(end: Buffer): readonly string[] {
  return end
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '');
}

async function openOrNull(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}
