import { iterationId } from '../../contracts/ids.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { ForLoop } from '../../contracts/loop-activities.ts';
import type { LoopPlan, PlanLoopActivities, PlannedChoice } from '../../contracts/loop-plan.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { readLoopPolicy } from '../../loop-file/policy/stored-policy.ts';
import { hasReceipt } from '../../receipts/read-receipt.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import { durable, type Running } from '../durable.ts';
import { createPlanIteration } from '../plan-iteration.ts';
import { chooseSamples, type Chosen } from '../selection/choose-samples.ts';
import { putImages } from '../selection/put-images.ts';
import { storeWithoutWrites } from '../selection/store-without-writes.ts';
import { beginningOf } from './beginning-of.ts';
import { tooFewFrames } from './enough-frames.ts';
import { placeOfLoop } from './find-loop-number.ts';
import { iterationOfLoop, type Beginning } from './iteration-of-loop.ts';
import type { LoopDependencies } from './loop-dependencies.ts';

/** So many frames and notes travel. */
const LISTED = { frames: 20, notes: 5 };

type Dependencies = ActivityDependencies & LoopDependencies;

/** Tells what the next iteration would do, and what CVAT would say. Nothing is written anywhere. */
export function createPlanLoop(given: Dependencies): PlanLoopActivities['planLoop'] {
  return durable(async ({ policy }: Omit<ForLoop, 'number'>, running: Running) => {
    const dependencies = { ...given, store: storeWithoutWrites(given.store) };
    const { store } = dependencies;
    const rules = await readLoopPolicy(store, policy);
    const { number, task: kind } = await placeOfLoop(dependencies, { rules, from: null }, running.signal);
    const task = loopTaskName(rules.taskName, number);
    const hasHeldOut = await hasReceipt(store, iterationId({ ...rules, task: loopTaskName(rules.taskName, 0) }));
    const made = { rules, policy, number, hasHeldOut, now: new Date() };
    if (kind === 'there') {
      const input = iterationOfLoop({ ...made, chosen: null });
      const iteration = await planned(dependencies, input);
      return { number, task, begins: 'as it is' as const, chosen: null, tooFew: null, iteration };
    }
    const choice = await chooseSamples(dependencies, { policy, number }, running, { dry: true });
    const { pool, samples } = choice.list;
    const chosen = plannedChoice(choice);
    const tooFew = tooFewFrames(rules, { number, frames: samples.length, pool });
    const list = await store.put(Buffer.from(JSON.stringify(choice.list)));
    const beginning = await beginningOf(dependencies, { rules, number }, { list }, running);
    const head = { number, task, begins: beginning.kind, chosen, tooFew };
    if (tooFew !== null) return { ...head, iteration: null };
    const images = await putImages(store, choice, running);
    const iteration = await planned(dependencies, inputOf(made, { list, images, beginning, choice }));
    return { ...head, iteration: iteration !== null && beginning.kind === 'masks' ? withMasks(iteration) : iteration };
  });
}

/** Masks are not converted for a plan: the file that they would be read from is not in the store. */
function inputOf(
  made: Omit<Parameters<typeof iterationOfLoop>[0], 'chosen'>,
  parts: {
    list: Awaited<ReturnType<ActivityDependencies['store']['put']>>;
    images: FolderRef;
    beginning: Beginning;
    choice: Chosen;
  },
): IterationInput {
  const { list, images, choice } = parts;
  const { pool, samples } = choice.list;
  const selection = { list, images, frames: samples.length, pool, notes: [] };
  const beginning: Beginning = parts.beginning.kind === 'masks' ? { kind: 'nothing' } : parts.beginning;
  return iterationOfLoop({ ...made, chosen: { selection, beginning } });
}

/** It was planned as if people began from nothing, which they do not. */
function withMasks(plan: NonNullable<LoopPlan['iteration']>): NonNullable<LoopPlan['iteration']> {
  const { fromScratch: _, ...rest } = plan;
  return rest;
}

async function planned(dependencies: ActivityDependencies, input: IterationInput): Promise<LoopPlan['iteration']> {
  return createPlanIteration(dependencies)({ id: iterationId(input), input });
}

function plannedChoice({ list }: Chosen): PlannedChoice {
  const { samples, pool, model, uncertainty, notes } = list;
  return {
    frames: samples.length,
    pool,
    model,
    uncertainty,
    first: samples.slice(0, LISTED.frames),
    notes: notes.slice(0, LISTED.notes).map((note) => note.slice(0, 300)),
  };
}
