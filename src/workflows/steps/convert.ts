import { isCancellation } from '@temporalio/workflow';
import type { FailureCode } from '../../contracts/failures.ts';
import type { PlanRef } from '../../contracts/conversion-plan.ts';
import { failureOf } from '../failure-of.ts';
import { runStep } from '../step.ts';
import type { Session } from '../session.ts';
import { assembled, forgetMasks, planned, shardFinished } from '../state.ts';
import { knownPredictions } from './predict.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';

/** Shards under way at a time; all workers share them. */
const SHARDS_AT_ONCE = 4;

/** After these something that was made is no longer there, and has to be looked for and made again. */
const LOST: readonly FailureCode[] = ['ArtifactMissing', 'ArtifactCorrupt'];

/**
 * Masks become the COCO document, shard by shard. The state remembers the finished ones, so that after a pause, an outage
 * or a decision only the others are asked for.
 */
export async function convert(context: StepContext): Promise<void> {
  const { session, proxies } = context;
  const { id, input } = session;
  if (!hasMasks(session)) return skipUnasked(session, 'convert');
  await runStep(session, 'convert', async () => {
    try {
      const plan = await knownPlan(context);
      await convertShards(context, plan);
      const dataset = await proxies.convert.assembleDataset({ id, input, plan });
      session.update((state, now) => assembled(state, dataset, now));
    } catch (error) {
      if (!isCancellation(error) && LOST.includes(failureOf(error).code)) session.update(forgetMasks);
      throw error;
    }
  });
}

/** Whether there is something to convert: nothing where a person went on without predictions. */
function hasMasks({ input, state }: Session): boolean {
  if (input.masks !== null || input.compareWith !== undefined) return true;
  return state.steps.some(({ step, outcome }) => step === 'predict' && outcome === 'done');
}

async function knownPlan(context: StepContext): Promise<PlanRef> {
  const { session, proxies } = context;
  const { id, input } = session;
  if (session.state.conversion !== null) return session.state.conversion.plan;
  const predicted = input.predict === undefined ? {} : { predictions: await knownPredictions(context) };
  const plan = await proxies.convert.planConversion({ id, input, ...predicted });
  session.update((state, now) => planned(state, plan, now));
  return plan;
}

/**
 * Has the unfinished shards converted, a few at a time. After a failure no further one begins, but those under way are
 * waited for: what they do is not lost. Where the history becomes long in between, a new run goes on with the rest.
 */
async function convertShards({ session, proxies }: StepContext, plan: PlanRef): Promise<void> {
  const { id, input } = session;
  const finished = new Set(session.state.conversion?.finished);
  const queue = [...Array(plan.shards).keys()].filter((index) => !finished.has(index)).values();
  const failures: unknown[] = [];
  const worker = async (): Promise<void> => {
    while (failures.length === 0 && !session.historyIsLong) {
      const { done, value: index } = queue.next();
      if (done === true) return;
      try {
        const { masks } = await proxies.convert.convertShard({ id, input, plan, index });
        session.update((state, now) => shardFinished(state, index, masks, now));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: SHARDS_AT_ONCE }, worker));
  if (failures.length > 0) throw failures[0];
  await session.continueIfLong();
}
