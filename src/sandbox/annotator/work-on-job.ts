import type { Category } from '../../contracts/categories.ts';
import { frameChanges, type CorrectionRule } from './frame-changes.ts';
import type { Pace } from './pace.ts';
import type { WorkJob, Workplace } from './workplace.ts';

export interface Manner {
  readonly categories: readonly Category[];
  readonly correct: CorrectionRule;
  readonly delayPerFrameMs: number;
}

/**
 * Works through a job frame by frame, saving each, and completes it.
 *
 * @param seen frames that an earlier, interrupted try has saved; grows as the work goes on
 */
export async function workOnJob(
  workplace: Workplace,
  job: WorkJob,
  manner: Manner,
  pace: Pace,
  seen: Set<number>,
): Promise<void> {
  const labels = await workplace.labels(job);
  const labelOf = new Map(
    manner.categories.flatMap((category) => {
      const label = labels.get(category.name);
      return label === undefined ? [] : [[category.id, label] as const];
    }),
  );
  for (const frame of await workplace.frames(job)) {
    if (seen.has(frame.number)) continue;
    await pace.wait(manner.delayPerFrameMs);
    const shapes = (await workplace.shapes(job)).filter((shape) => shape.frame === frame.number);
    const changes = frameChanges(frame, shapes, labelOf, manner.correct);
    await workplace.save(job, 'update', changes.update);
    await workplace.save(job, 'create', changes.create);
    await workplace.save(job, 'delete', changes.remove);
    seen.add(frame.number);
  }
  await workplace.setState(job, 'completed');
}
