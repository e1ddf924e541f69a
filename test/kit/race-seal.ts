import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openSeal } from '../../src/collect/read-seal.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import type { SealCheckRef, SealRef } from '../../src/contracts/seal.ts';
import type { Cvat } from '../../src/cvat/cvat.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/** How many edits were in the seal, and how many were found by a later look. Together they must be all. */
export interface RaceOutcome {
  readonly sealed: number;
  readonly found: number;
  readonly lost: number;
}

/** A CVAT with a task whose jobs are completed, the activities of the seal, and a person beside them. */
export interface RaceSite {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  seal(): Promise<SealRef>;
  check(seal: SealRef): Promise<SealCheckRef>;
  /** What CVAT answers to the person, as JSON. */
  read(path: string): Promise<unknown>;
  /** @throws Error for any refusal */
  send(method: string, path: string, body: object): Promise<void>;
}

interface Edit {
  make(): Promise<void>;
  isIn(seal: SealRef): Promise<boolean>;
}

const held = z.object({ shapes: z.array(z.looseObject({ id: z.int() })) });

/**
 * Edits a task at random moments around its seal, in turns a shape, a new shape, and the list of deleted frames. Edits fall
 * before, into and after the seal: they begin within one and a half times what the seal before took.
 */
export async function raceSeal(site: RaceSite, task: TaskRef, tries: number): Promise<RaceOutcome> {
  const outcome = { sealed: 0, found: 0, lost: 0 };
  let tookMs = 40;
  for (let i = 0; i < tries; i += 1) {
    const edit = await editOf(site, task, i);
    const editing = sleep(Math.random() * 1.5 * tookMs).then(() => edit.make());
    const begun = performance.now();
    const seal = await site.seal();
    tookMs = performance.now() - begun;
    await editing;
    const { edits } = await site.check(seal);
    const isIn = await edit.isIn(seal);
    if (isIn && edits === 0) outcome.sealed += 1;
    else if (!isIn && edits === 1) outcome.found += 1;
    else outcome.lost += 1;
  }
  return outcome;
}

async function editOf(site: RaceSite, task: TaskRef, i: number): Promise<Edit> {
  if (i % 3 === 2) return frameEdit(site, task, i);
  const jobs = await site.cvat.jobs(task.taskId, { type: 'annotation' });
  const path = `/api/jobs/${jobs[i % jobs.length]?.id}/annotations`;
  const [shape] = held.parse(await site.read(path)).shapes;
  if (shape === undefined) throw new Error('there is nothing to edit');
  const { id, ...content } = shape;
  const edited = { ...content, z_order: 100 + i };
  const [action, body] = i % 3 === 0 ? ['update', { ...edited, id }] : ['create', edited];
  return {
    make: () => site.send('PATCH', `${path}?action=${action}`, { shapes: [body], tags: [], tracks: [] }),
    isIn: async (seal) => {
      const { jobs: sections } = await openSeal(site.store, seal.artifact);
      let isIn = false;
      for await (const { content: sealed } of sections()) {
        isIn ||= sealed.shapes.some(({ zOrder }) => zOrder === 100 + i);
      }
      return isIn;
    },
  };
}

/** Deletes the last frame, or brings it back. */
async function frameEdit(site: RaceSite, task: TaskRef, i: number): Promise<Edit> {
  const last = task.frames - 1;
  const deleted = i % 2 === 0 ? [last] : [];
  const path = `/api/tasks/${task.taskId}/data/meta`;
  await site.send('PATCH', path, { deleted_frames: i % 2 === 0 ? [] : [last] });
  return {
    make: () => site.send('PATCH', path, { deleted_frames: deleted }),
    isIn: async (seal) => {
      const { frames } = await openSeal(site.store, seal.artifact);
      return (frames[last]?.state === 'deleted') === deleted.length > 0;
    },
  };
}
