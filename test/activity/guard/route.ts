import { setTimeout as sleep } from 'node:timers/promises';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import type { GuardPlace, Scene } from '../../kit/guard-site.ts';

/** A way in which a shape of people might be overwritten, and what is told instead. */
export interface Route<S extends GuardPlace = GuardPlace> {
  readonly name: string;
  /** Goes the way; returns what the last step answered or failed with. */
  readonly go: (site: S) => Promise<unknown>;
  /** What that has to match. */
  readonly told: object;
}

/** The refusal to import over what is not ours. */
export const REFUSED = { type: 'TaskHoldsOtherShapes', nonRetryable: true };

/** The request that imports what was uploaded before, as a fault finds it. */
export const FINISH = { method: 'POST', path: /\/annotations\?format=.*filename=/ } as const;

/** Waits until CVAT has accepted an import into the task. */
export async function untilAsked(site: GuardPlace, taskId: number): Promise<void> {
  while (site.finishes(taskId) === 0) await sleep(5);
}

/** What a promise fails with; where it does not fail, something that no route expects. */
export async function refusal(attempt: Promise<unknown>): Promise<unknown> {
  try {
    return { unexpected: await attempt };
  } catch (error) {
    return error;
  }
}

/** Has somebody draw into the first job of a task. */
export async function drawFirst(site: GuardPlace, { jobs, task }: Scene): Promise<void> {
  const [job] = jobs;
  if (job === undefined) throw new Error(`task ${task.taskId} has no job`);
  await site.people.draw(job.id, job.startFrame);
}

/** Id of the first job. */
export function firstJob({ jobs }: Pick<Scene, 'jobs'>): number {
  return jobs[0]?.id ?? 0;
}

/** Has somebody act directly before a method of the client is called, once. */
export function actBefore(site: GuardPlace, name: 'job' | 'removeAnnotations', act: () => Promise<void>): void {
  let done = false;
  const once = async (): Promise<void> => {
    if (done) return;
    done = true;
    await act();
  };
  site.meddling.cvat = (cvat: Cvat) => ({
    [name]: async (...args: never[]) => {
      await once();
      return (cvat[name] as (...all: never[]) => unknown)(...args);
    },
  });
}

/** Has somebody act once a backup is written: behind every look at shapes, before the last read of the jobs. */
export function actBehindBackup(site: GuardPlace, act: () => Promise<void>): void {
  let done = false;
  site.meddling.store = (store) => ({
    createNamed: async (name, content) => {
      const isNew = await store.createNamed(name, content);
      if (done || !name.startsWith('backups/')) return isNew;
      done = true;
      await act();
      return isNew;
    },
  });
}
