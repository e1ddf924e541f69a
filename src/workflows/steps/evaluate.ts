import { ApplicationFailure, patched } from '@temporalio/workflow';
import { DEFAULT_GATE, type PromotionOutcome, type PromotionRef } from '../../contracts/gate.ts';
import type { EvaluationRef, ModelRef, SubmissionRef } from '../../contracts/training.ts';
import { isRefused } from '../gate-state.ts';
import { leaveNoWorse, putBack } from '../leave-no-worse.ts';
import { forgetModel, isSettled, keep } from '../state.ts';
import { runStep } from '../step.ts';
import { inTurn } from './take-turn.ts';
import { skipUnasked } from './skip-unasked.ts';
import type { StepContext } from './step-context.ts';

/**
 * The new model is measured on the frames that were held out, and published or not as the gate or a person decides. Nothing
 * that was not decided on stays published, wherever the iteration goes on without a decision; nor does a model that was refused
 * before it was measured.
 */
export async function evaluate(context: StepContext): Promise<void> {
  const { session } = context;
  const { submission, model } = session.state.results;
  const refused = !isSettled(session.state, 'evaluate') && isRefused(session.state) && patched('refused-model-left');
  if (submission === undefined || model === undefined || refused) {
    await leaveNoWorse(context);
    if (refused) session.update(forgetModel);
    return skipUnasked(session, 'evaluate');
  }
  const work = async (): Promise<void> => {
    const evaluation = await evaluated(context, submission, model);
    const promotion = await decided(context, model, evaluation);
    session.update((state, now) => keep(state, { promotion }, now));
  };
  // The turn of the training goes on, unless it was given back while a person was asked.
  const outcome = await runStep(session, 'evaluate', () => inTurn(context, work, 'any hour'));
  if (outcome === 'skipped') await leaveNoWorse(context);
}

/** The evaluation; made once, however often the step begins again. */
async function evaluated(
  { session, proxies }: StepContext,
  submission: SubmissionRef,
  model: ModelRef,
): Promise<EvaluationRef> {
  const { id, input } = session;
  const { evaluation: known, modelBefore: before } = session.state.results;
  if (known?.gate?.after.checksum === model.checksum) return known;
  const measured = before === undefined ? {} : { before };
  const evaluation = await proxies.trainer.evaluateModel({ id, input, submission, model, ...measured });
  session.update((state, now) => keep(state, { evaluation }, now));
  return evaluation;
}

async function decided(context: StepContext, model: ModelRef, evaluation: EvaluationRef): Promise<PromotionRef> {
  const { session } = context;
  const { policy } = session.input.training?.gate ?? DEFAULT_GATE;
  const { verdict } = evaluation.gate ?? { verdict: 'not measured' };
  const { answer } = session.state;
  if (answer?.checksum === model.checksum) {
    if (answer.what === 'approve') return promote(context, model, evaluation, answer.by);
    return putBack(context, 'trainer', 'declined', answer.by);
  }
  if (policy === 'ask') {
    throw waits(model, evaluation, await putBack(context, 'trainer', 'waits', null));
  }
  const isWanted = policy === 'always' || verdict === 'better' || verdict === 'first';
  if (isWanted) return promote(context, model, evaluation, null);
  return putBack(context, 'trainer', 'put back', null);
}

async function promote(
  { session, proxies }: StepContext,
  model: ModelRef,
  evaluation: EvaluationRef,
  by: string | null,
): Promise<PromotionRef> {
  const { id, input } = session;
  const { modelBefore: before } = session.state.results;
  if (before === undefined) throw new Error('no model was measured before the training');
  return proxies.trainer.promoteModel({ id, input, model, before, evaluation, by });
}

function shown(dice: number | null | undefined): string {
  return dice == null ? 'not known' : dice.toFixed(4);
}

/** What is published while a person is asked. */
const MEANWHILE: Readonly<Partial<Record<PromotionOutcome, string>>> = {
  left: 'it is published meanwhile, since there was none before',
  replaced: 'another one was published since',
};

/** The question to a person, with the numbers. */
function waits(model: ModelRef, { gate, frames }: EvaluationRef, meanwhile: PromotionRef): ApplicationFailure {
  const { published, outcome } = meanwhile;
  const numbers = `mean Dice ${shown(gate?.before?.dice)} before, ${shown(gate?.after.dice)} after, on ${frames} held-out frames`;
  const reasons = gate?.reasons ?? [];
  return ApplicationFailure.nonRetryable(
    `The new model ${model.checksum} waits for a decision (${numbers}: ${gate?.verdict ?? 'not measured'}; ${reasons.join('; ')}); ${MEANWHILE[outcome] ?? 'the one before is published meanwhile'}.`,
    'ModelWaits',
    {
      checksum: model.checksum,
      before: gate?.before?.dice ?? null,
      after: gate?.after.dice ?? null,
      difference: gate?.difference ?? null,
      verdict: gate?.verdict ?? null,
      published,
    },
  );
}
