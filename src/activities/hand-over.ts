import type { IterationActivities } from '../contracts/activities.ts';
import type { HandOver } from '../contracts/waiting.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { isAsWanted, TARGETS } from '../waiting/job-target.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { peopleIds } from './people-by-name.ts';

/**
 * Does one hand-over. The job is read directly before: what is newer than the plan is a person's, or our own earlier
 * try's. CVAT's answer is read back.
 *
 * @returns whether the job is as wanted
 */
async function handOverJob(
  cvat: Cvat,
  handOver: HandOver,
  { ids, signal }: { ids: ReadonlyMap<string, number>; signal: AbortSignal },
): Promise<boolean> {
  const { job, what, to, seenAt } = handOver;
  const now = await cvat.job(job, signal);
  if (now.updatedAt !== seenAt) return isAsWanted(now, handOver);
  const { stage, state } = TARGETS[what];
  const assignee = what === 'accepted' ? {} : { assignee: to === null ? null : (ids.get(to) ?? null) };
  await cvat.updateJob(job, { stage, state, ...assignee }, signal);
  return isAsWanted(await cvat.job(job, signal), handOver);
}

/** Hands jobs over as planned, one after the other; a further try finds what an earlier one did. */
export function createHandOver({ connect }: ActivityDependencies): IterationActivities['handOver'] {
  return durable(async ({ input, plan }, { signal }) => {
    const { cvat } = connect(input.connection);
    const names = plan.handOvers.flatMap(({ to }) => (to === null ? [] : [to]));
    const ids = await peopleIds(cvat, names, signal);
    const [done, left]: [number[], number[]] = [[], []];
    for (const handOver of plan.handOvers) {
      const isDone = await handOverJob(cvat, handOver, { ids, signal });
      (isDone ? done : left).push(handOver.job);
    }
    return { done, left };
  });
}
