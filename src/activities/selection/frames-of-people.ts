import { createHash } from 'node:crypto';
import { z } from 'zod';
import { loopFolder } from '../../contracts/ids.ts';
import { loopTaskNumber } from '../../contracts/loop-task.ts';
import type { Cvat } from '../../cvat/cvat.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Pool } from './pool.ts';
import type { SelectionPolicy } from './policy-document.ts';

/** A frame of a task; the hash of its image where the pool has no such name. */
const frameSchema = z.object({ name: z.string(), sha256: z.hash('sha256').nullable() });
const schema = z.object({
  schema: z.literal('maskloop.frames-of-task/1'),
  taskId: z.int(),
  frames: z.array(frameSchema),
});
type TaskFrame = z.infer<typeof frameSchema>;

interface Place {
  readonly store: ArtifactStore;
  readonly cvat: Cvat;
  readonly signal: AbortSignal;
}

async function framesOf({ cvat, signal }: Place, taskId: number, pool: Pool): Promise<readonly TaskFrame[]> {
  const { frames } = await cvat.taskMeta(taskId, signal);
  const inPool = new Set(pool.names);
  const found: TaskFrame[] = [];
  for (const [index, { name }] of frames.entries()) {
    if (inPool.has(name)) found.push({ name, sha256: null });
    else {
      const { bytes } = await cvat.frameOriginal(taskId, index, signal);
      found.push({ name, sha256: createHash('sha256').update(bytes).digest('hex') });
    }
  }
  return found;
}

/** What was found before; null for nothing, and for another task. */
async function known({ store }: Place, name: string, taskId: number): Promise<readonly TaskFrame[] | null> {
  const bytes = await store.getNamed(name);
  if (bytes === null) return null;
  const parsed = schema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  return parsed.success && parsed.data.taskId === taskId ? parsed.data.frames : null;
}

interface LookedFor {
  /** Numbers whose tasks are the loop's own. */
  readonly lists: ReadonlyMap<number, unknown>;
  /** The number that is chosen for. */
  readonly number: number;
  readonly pool: Pool;
}

/**
 * The frames of tasks that have names of the loop's numbers and were not made by it, whatever their number. Each task is read
 * once: the store remembers.
 *
 * @throws MaskloopError `ProjectAmbiguous`; what CVAT and the store throw
 */
export async function framesOfPeople(
  place: Place,
  policy: SelectionPolicy,
  { lists, number: own, pool }: LookedFor,
): Promise<readonly TaskFrame[]> {
  const { store, cvat, signal } = place;
  const project = await cvat.findProject(policy.project, signal);
  if (project === null) return [];
  const all: TaskFrame[] = [];
  for (const { id, name, size } of await cvat.tasksOfProject(project.id, signal)) {
    const number = loopTaskNumber(policy.taskName, name);
    // One without frames is still being made, and is read when it has some.
    if (number === null || number === own || lists.has(number) || size === 0) continue;
    const document = `${loopFolder(policy)}tasks/${number}`;
    const before = await known(place, document, id);
    const frames = before ?? (await framesOf(place, id, pool));
    const content = { schema: 'maskloop.frames-of-task/1', taskId: id, frames };
    if (before === null) await store.putNamed(document, Buffer.from(`${JSON.stringify(content)}\n`));
    all.push(...frames);
  }
  return all;
}
