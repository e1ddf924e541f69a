import { z } from 'zod';
import { MaskloopError } from '../../contracts/error.ts';
import { exclusionName } from '../../contracts/ids.ts';
import type { Exclusion, ExclusionEntry, FramePlace } from '../../contracts/withdrawal.ts';
import type { ArtifactStore } from '../../storage/store.ts';

const exclusion: z.ZodType<Exclusion> = z.object({
  schema: z.literal('maskloop.exclusion/1'),
  connection: z.string(),
  project: z.string(),
  task: z.string(),
  frame: z.string(),
  entries: z
    .array(
      z.object({ what: z.enum(['exclude', 'include']), by: z.string(), note: z.string().nullable(), at: z.string() }),
    )
    .min(1),
});

async function read(store: ArtifactStore, name: string): Promise<Exclusion | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const parsed = exclusion.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (parsed.success) return parsed.data;
  throw new MaskloopError('ArtifactCorrupt', `${name} is no exclusion that this version knows.`, {
    facts: { name, problem: z.prettifyError(parsed.error) },
  });
}

/** Whether the last word on a frame is that it is excluded. */
export function isExcluded({ entries }: Exclusion): boolean {
  return entries.at(-1)?.what === 'exclude';
}

/**
 * What was ever said about excluding frames of a task, or of all tasks for null.
 *
 * @throws MaskloopError `ArtifactCorrupt`; what the store throws
 */
export async function readExclusions(store: ArtifactStore, place: FramePlace | null): Promise<readonly Exclusion[]> {
  const found: Exclusion[] = [];
  for (const name of await store.listNamed(exclusionName(place, null))) {
    const document = await read(store, name);
    if (document !== null) found.push(document);
  }
  return found;
}

/** Adds an entry for a frame, unless it is so already. One run of a task's writes at a time. @returns whether it was added */
export async function addExclusion(
  store: ArtifactStore,
  { connection, project, task }: FramePlace,
  frame: string,
  entry: ExclusionEntry,
): Promise<boolean> {
  const place = { connection, project, task };
  const name = exclusionName(place, frame);
  const before = await read(store, name);
  if ((before !== null && isExcluded(before)) === (entry.what === 'exclude')) return false;
  const document: Exclusion = {
    schema: 'maskloop.exclusion/1',
    ...place,
    frame,
    entries: [...(before?.entries ?? []), entry],
  };
  await store.putNamed(name, Buffer.from(`${JSON.stringify(document, null, 2)}\n`));
  return true;
}
