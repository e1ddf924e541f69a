import type { ModelEvent, ModelEventName } from '../../contracts/model-register.ts';
import type { OwnTraining } from '../../contracts/training-activities.ts';
import type { RunRecord } from '../training/run-record.ts';

/** These tell what became of the model of a training; `kept` that there was none. */
const OUTCOMES: readonly ModelEventName[] = ['trained', 'waits', 'put back', 'declined', 'undecided', 'left', 'kept'];

/** A training of an iteration, and what its run's record knows. */
export interface Requested extends OwnTraining {
  readonly id: string;
  readonly record: Pick<RunRecord, 'submittedAt' | 'lost'>;
}

/** What the keys of events begin with that say which model a training goes on from. */
export function trainingKey({ id, firstRunId, tryNumber }: OwnTraining & { readonly id: string }): string {
  return `training:${id}:${firstRunId}:${tryNumber}:`;
}

/** What an iteration has told of the outcome of its training since that was last requested. */
function settledSince(events: readonly ModelEvent[], requested: Requested): ModelEvent | undefined {
  const { id, record } = requested;
  const since = Date.parse(record.submittedAt);
  // The order holds whatever the clocks of the workers say; a request that is sent again has no entry of its own.
  const begun = events.findIndex(({ key }) => key.startsWith(trainingKey(requested)));
  return events
    .slice(begun + 1)
    .findLast((each) => each.iteration === id && OUTCOMES.includes(each.event) && Date.parse(each.at) >= since);
}

/**
 * The model that a training has published, where the register tells; null otherwise, also where a run of it was taken for
 * dead: that may have gone on, and published another one.
 *
 * @param events of the register, oldest first
 */
export function settledModel(events: readonly ModelEvent[], requested: Requested): string | null {
  const settled = requested.record.lost.length > 0 ? undefined : settledSince(events, requested);
  return settled === undefined || settled.event === 'kept' ? null : settled.checksum;
}

/** Whether the register tells that a training has left no model behind. @param events oldest first */
export function hasLeftNothing(events: readonly ModelEvent[], requested: Requested): boolean {
  return settledSince(events, requested)?.event === 'kept';
}
