import type { IterationActivities } from '../contracts/activities.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readPreannotations } from './expected-shapes.ts';
import { guardOf, inspectTask } from './inspect-task.ts';
import { settleLeftBehind } from './settle-left-behind.ts';

/**
 * Refuses a task that holds shapes which are not ours, and notes which import into it was the newest: that a later
 * one exists tells a further try that the import was made, even when people have changed its shapes since.
 *
 * An import that an earlier upload has left in CVAT's queue is settled first, or it would follow that look.
 *
 * A task that is guarded anew may only be overwritten if it holds what was agreed to then, not whatever it holds by now.
 */
export function createGuardTask({ connect, store }: ActivityDependencies): IterationActivities['guardTask'] {
  return durable(async ({ id, input, task, dataset, agreed }, running) => {
    const { signal } = running;
    const { cvat } = connect(input.connection);
    const { shapes: expected, ...left } = await readPreannotations(store, cvat, { task, dataset }, signal);
    const { leftOut } = left;
    await settleLeftBehind({ cvat, store }, { id, input, task, shapes: expected.length }, running);
    const asked = agreed === undefined ? input : { ...input, overwrite: false };
    const found = await inspectTask({ cvat, store }, { id, input: asked, task, expected, leftOut }, signal);
    const guard = await guardOf(cvat, found, agreed ?? null, signal);
    return { ...guard, leftOut: { frames: left.deletedFrames.length, shapes: leftOut.length } };
  });
}
