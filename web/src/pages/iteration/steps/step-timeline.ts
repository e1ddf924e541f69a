import { STEPS, type StepName } from '../../../../../src/contracts/iteration.ts';
import { unaskedSteps } from '../../../../../src/contracts/unasked-steps.ts';
import { stepsOf, type IterationView } from '../view-facts.ts';

/** A step on the timeline. */
export interface TimelineStep {
  readonly step: StepName;
  /** `ended`: the run ended in it, without its end. */
  readonly state: 'done' | 'skipped' | 'now' | 'later' | 'ended';
  /** ISO times; null where it has not begun, or not ended. */
  readonly startedAt: string | null;
  readonly endedAt: string | null;
  /** How long it took, or has taken until now, in milliseconds; null before it begins. */
  readonly ms: number | null;
}

type Told = Pick<IterationView, 'state' | 'status' | 'receipt' | 'startedAt' | 'endedAt'>;

/**
 * All steps of an iteration in their order. Steps that it was never asked for, such as a prediction or a training, are left out.
 *
 * @param now milliseconds since 1970
 */
export function stepTimeline(view: Told, now: number): readonly TimelineStep[] {
  const records = stepsOf(view);
  const unasked = unaskedOf(view);
  const current = view.state === 'done' ? null : (view.status?.step ?? null);
  const begun = records.at(-1)?.endedAt ?? view.startedAt;
  const until = view.endedAt === null ? now : Date.parse(view.endedAt);
  return STEPS.flatMap((step): readonly TimelineStep[] => {
    const record = records.find((one) => one.step === step);
    if (unasked.includes(step) && record?.outcome !== 'done' && step !== current) return [];
    if (record !== undefined) {
      const { startedAt, endedAt, outcome } = record;
      const ms = outcome === 'skipped' ? null : Date.parse(endedAt) - Date.parse(startedAt);
      return [{ step, state: outcome, startedAt, endedAt, ms }];
    }
    if (step === current) {
      const state = view.state === 'running' ? 'now' : 'ended';
      return [{ step, state, startedAt: begun, endedAt: null, ms: Math.max(0, until - Date.parse(begun)) }];
    }
    const isOver = view.state !== 'running' || isBefore(step, current);
    return isOver ? [] : [{ step, state: 'later', startedAt: null, endedAt: null, ms: null }];
  });
}

/** What was never asked for, from the iteration's own answer, else from its receipt. Workers of before tell of neither: nearly none predicts. */
function unaskedOf({ status, receipt }: Told): readonly StepName[] {
  return status?.unasked ?? (receipt === null ? ['predict'] : unaskedSteps(receipt.input));
}

/** True if a step would have come before another one. */
function isBefore(step: StepName, other: StepName | 'done' | null): boolean {
  return other === 'done' || (other !== null && STEPS.indexOf(step) < STEPS.indexOf(other));
}
