import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readOrNull, removeFile, writeWhole } from './folder.ts';
import { jsonOrNull, progressShape } from './progress.ts';
import type { Seen } from './scan-progress.ts';

const noteShape = z.object({ progress: progressShape.nullable() });
const NAME = /^output\.seen\.(\d+)\.json$/;

/** How far an output has been read, so that what was read may go. Nothing was, where there is no note. */
export async function newestNote(folder: string): Promise<Seen> {
  for (;;) {
    const bytes = Math.max(0, ...(await noted(folder)));
    if (bytes === 0) return { bytes, progress: null };
    const text = await readOrNull(noteOf(folder, bytes));
    // Another worker has noted more meanwhile.
    if (text === null) continue;
    return { bytes, progress: noteShape.safeParse(jsonOrNull(text.toString('utf8'))).data?.progress ?? null };
  }
}

/** Notes how far an output has been read. The number is in the name, so that no late worker takes a newer note back. */
export async function writeNote(folder: string, { bytes, progress }: Seen): Promise<void> {
  await writeWhole(noteOf(folder, bytes), `${JSON.stringify({ progress })}\n`);
  for (const older of await noted(folder)) if (older < bytes) await removeFile(noteOf(folder, older));
}

async function noted(folder: string): Promise<readonly number[]> {
  return (await readdir(folder)).flatMap((name) => Number(NAME.exec(name)?.[1] ?? []));
}

function noteOf(folder: string, bytes: number): string {
  return join(folder, `output.seen.${bytes}.json`);
}
