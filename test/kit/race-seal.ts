import { setTimeout as sleep } from 'node:timers/promises';
import { openSeal } from '../../src/collect/read-seal.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import type { SealRef } from '../../src/contracts/seal.ts';
import type { ActivitySite } from './activity-site.ts';
import { call } from './annotate.ts';

/** A seal takes about as long on the stand-in; edits fall before, into and after it. */
const LONGEST_DELAY_MS = 60;

/** How many edits were in the seal, and how many were found by a later look. Together they must be all. */
export interface RaceOutcome {
  readonly sealed: number;
  readonly found: number;
  readonly lost: number;
}

interface Edit {
  make(): Promise<void>;
  isIn(seal: SealRef): Promise<boolean>;
}

/** Edits a task at random moments around its seal, in turns a shape, a new shape, and the list of deleted frames. */
export async function raceSeal(site: ActivitySite, task: TaskRef, tries: number): Promise<RaceOutcome> {
  const outcome = { sealed: 0, found: 0, lost: 0 };
  for (let i = 0; i < tries; i += 1) {
    const edit = await editOf(site, task, i);
    const editing = sleep(Math.random() * LONGEST_DELAY_MS).then(() => edit.make());
    const seal = await site.run('sealLabels', { task });
    await editing;
    const { edits } = await site.run('checkSeal', { task, seal });
    const isIn = await edit.isIn(seal);
    if (isIn && edits === 0) outcome.sealed += 1;
    else if (!isIn && edits === 1) outcome.found += 1;
    else outcome.lost += 1;
  }
  return outcome;
}

async function editOf(site: ActivitySite, task: TaskRef, i: number): Promise<Edit> {
  if (i % 3 === 2) return frameEdit(site, task, i);
  const jobs = await site.cvat.jobs(task.taskId);
  const job = site.sandbox.state.jobs.get(jobs[i % jobs.length]?.id ?? 0);
  const shape = job?.shapes[0];
  if (job === undefined || shape === undefined) throw new Error('there is nothing to edit');
  const { id, ...content } = shape;
  const edited = { ...content, z_order: 100 + i };
  const [action, body] = i % 3 === 0 ? ['update', { ...edited, id }] : ['create', edited];
  return {
    make: () =>
      call(site, 'PATCH', `/api/jobs/${job.id}/annotations?action=${action}`, { shapes: [body], tags: [], tracks: [] }),
    isIn: async (seal) => {
      const { jobs: sections } = await openSeal(site.store, seal.artifact);
      let isIn = false;
      for await (const { content: held } of sections()) isIn ||= held.shapes.some(({ zOrder }) => zOrder === 100 + i);
      return isIn;
    },
  };
}

/** Deletes the last frame, or brings it back. */
async function frameEdit(site: ActivitySite, task: TaskRef, i: number): Promise<Edit> {
  const last = task.frames - 1;
  const deleted = i % 2 === 0 ? [last] : [];
  const path = `/api/tasks/${task.taskId}/data/meta`;
  await call(site, 'PATCH', path, { deleted_frames: i % 2 === 0 ? [] : [last] });
  return {
    make: () => call(site, 'PATCH', path, { deleted_frames: deleted }),
    isIn: async (seal) => {
      const { frames } = await openSeal(site.store, seal.artifact);
      return (frames[last]?.state === 'deleted') === deleted.length > 0;
    },
  };
}
