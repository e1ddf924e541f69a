import type { FileHandle } from 'node:fs/promises';
import { afterLine, type Progress } from './progress.ts';

const CHUNK_BYTES = 1024 * 1024;
/** No progress line is longer; a line may well be, where a program draws a bar without ever ending it. */
const LONGEST_LINE = 64 * 1024;
const LINE_END = 0x0a;

/** What is known of the first bytes of an output. */
export interface Seen {
  readonly bytes: number;
  readonly progress: Progress | null;
}

/** What {@link scanProgress} found. */
export interface Scanned {
  /** Up to where the lines are whole, or too long to be of interest: to be gone on from. */
  readonly seen: Seen;
  /** All that there was, with the last line also where its end is missing. */
  readonly all: Seen;
}

/**
 * Reads on in an output, to its end of now, for lines of progress. It holds a megabyte at a time, however much there is.
 *
 * @param before where to go on; the byte before that is still in the file
 */
export async function scanProgress(file: FileHandle, before: Seen): Promise<Scanned> {
  let { progress } = before;
  let rest = Buffer.alloc(0);
  let skips = before.bytes > 0 && (await byteAt(file, before.bytes - 1)) !== LINE_END;
  let at = before.bytes;
  for (;;) {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const chunk = Buffer.concat([rest, buffer.subarray(0, bytesRead)]);
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, from)) {
      if (!skips) progress = afterLine(progress, textOf(chunk.subarray(from, end)));
      skips = false;
      from = end + 1;
    }
    rest = chunk.subarray(from);
    if (rest.length > LONGEST_LINE) skips = true;
    if (skips) rest = Buffer.alloc(0);
  }
  return {
    seen: { bytes: at - rest.length, progress },
    all: { bytes: at, progress: afterLine(progress, textOf(rest)) },
  };
}

/** A line as text; empty for one that is too long. */
function textOf(line: Buffer): string {
  return line.length > LONGEST_LINE ? '' : line.toString('utf8');
}

async function byteAt(file: FileHandle, position: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, position);
  return bytesRead === 0 ? undefined : buffer[0];
}
