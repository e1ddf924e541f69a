import { iterationId, samplesName } from '../../contracts/ids.ts';
import type { ForLoop, LoopActivities, NextIteration } from '../../contracts/loop-activities.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { SelectionRef } from '../../contracts/selection.ts';
import { hasReceipt } from '../../receipts/read-receipt.ts';
import { canonicalDigest } from '../../storage/canonical-json.ts';
import { comparableInput } from '../../contracts/comparable-input.ts';
import { durable, type Running } from '../durable.ts';
import { tooFewFrames } from './enough-frames.ts';
import { beginningOf } from './beginning-of.ts';
import { iterationOfLoop } from './iteration-of-loop.ts';
import type { LoopDependencies } from './loop-dependencies.ts';
import { readLoopPolicy } from '../../loop-file/policy/stored-policy.ts';

interface Preparing extends ForLoop {
  readonly rules: LoopPolicy;
  readonly id: string;
  readonly selection: SelectionRef | null;
}

/** Makes the input of the next iteration, unless it is known already or has too few frames. */
export function createPrepareIteration(dependencies: LoopDependencies): LoopActivities['prepareIteration'] {
  const { store, standingOf } = dependencies;
  return durable(async (args, running) => {
    const rules = await readLoopPolicy(store, args.policy);
    const { connection, project, taskName } = rules;
    const id = iterationId({ connection, project, task: loopTaskName(taskName, args.number) });
    const standing = await standingOf(id);
    if (standing === 'running' || (await hasReceipt(store, id))) return { kind: 'known', id };
    return prepare(dependencies, { ...args, rules, id }, running);
  });
}

async function prepare(dependencies: LoopDependencies, preparing: Preparing, running: Running): Promise<NextIteration> {
  const { store } = dependencies;
  const { rules, loop, number, policy, selection, id } = preparing;
  const finding = selection === null ? null : tooFewFrames(rules, { ...selection, number });
  if (selection !== null && finding !== null && !(await hasTask(dependencies, preparing, running.signal))) {
    // Nobody has begun with it: it is chosen anew when there is more to choose from.
    await store.removeNamed(samplesName(loop, number));
    return { kind: 'too few', frames: finding.value ?? 0, finding };
  }
  const chosen =
    selection === null
      ? null
      : { selection, beginning: await beginningOf(dependencies, preparing, selection, running) };
  const heldOut = iterationId({ ...loop, task: loopTaskName(rules.taskName, 0) });
  const hasHeldOut = rules.heldOutTask !== null && (await hasReceipt(store, heldOut));
  const input = iterationOfLoop({ rules, policy, number, chosen, hasHeldOut, now: new Date() });
  return { kind: 'start', id, input, digest: canonicalDigest(comparableInput(input)) };
}

/** Whether an earlier run of this iteration has made its task: then its frames are what they are. */
async function hasTask({ connect }: LoopDependencies, { rules, id }: Preparing, signal: AbortSignal): Promise<boolean> {
  const { cvat } = connect(rules.connection);
  const project = await cvat.findProject(rules.project, signal);
  if (project === null) return false;
  return (await cvat.tasksWithKey({ projectId: project.id, key: id }, signal)).length > 0;
}
