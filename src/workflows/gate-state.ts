import type { IterationState, Trouble } from '../contracts/iteration.ts';
import type { Taken } from '../contracts/training-activities.ts';
import { trainingNumber } from './training-number.ts';

/** True while a person is asked whether a new model is to be published. */
export function asksAboutModel({
  step,
  waitingFor,
  trouble,
}: Pick<IterationState, 'step' | 'trouble' | 'waitingFor'>): boolean {
  return step === 'evaluate' && waitingFor === 'decision' && trouble?.code === 'ModelWaits';
}

/** Keeps a person's word on the model that waits. */
export function answer(state: IterationState, what: 'approve' | 'decline', by: string): IterationState {
  const { model } = state.results;
  return model === undefined ? state : { ...state, answer: { what, checksum: model.checksum, by } };
}

/** What a `retry` agrees to where somebody else has published a model: the one that was seen then, or none. */
export function takenDetail(what: 'retry' | 'skip', trouble: Trouble | null): string | undefined {
  if (what !== 'retry' || trouble?.code !== 'ModelChanged') return undefined;
  const { published } = trouble.facts;
  return typeof published === 'string' ? published : NOTHING;
}

const NOTHING = 'nothing';

/** The models of others that people took as they are. */
export function takenModels({ decisions }: Pick<IterationState, 'decisions'>): readonly Taken[] {
  return decisions.flatMap(({ what, about, detail, by }) => {
    if (what !== 'retry' || about !== 'ModelChanged' || detail === undefined) return [];
    return [{ checksum: detail === NOTHING ? null : detail, by }];
  });
}

/**
 * True if the model that is known does not go through the gate: another training was to follow its own, or the training step
 * was skipped for another reason than that the training set had changed while this very model was trained.
 */
export function isRefused({
  results,
  steps,
  decisions,
}: Pick<IterationState, 'results' | 'steps' | 'decisions'>): boolean {
  const { model, training } = results;
  if (model === undefined) return false;
  if (training?.tryNumber !== trainingNumber({ decisions })) return true;
  const skipped = steps.some(({ step, outcome }) => step === 'train' && outcome === 'skipped');
  const answered = decisions.findLast(({ what, step }) => what === 'skip' && step === 'train');
  return skipped && answered?.about !== 'TrainingSetChanged';
}

/** True if the gate has to see to a model: one was measured before a training, and nothing is decided since. */
export function isUndecided({ results }: Pick<IterationState, 'results'>): boolean {
  const { modelBefore, model, promotion } = results;
  if (modelBefore === undefined) return false;
  return promotion === undefined || (model !== undefined && promotion.checksum !== model.checksum);
}
