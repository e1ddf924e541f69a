import type { ModelEvent, ModelEventName } from '../../contracts/model-register.ts';
import type { RunRecord } from '../training/run-record.ts';

/** These tell what became of the model of a training; `kept` that there was none. */
const OUTCOMES: readonly ModelEventName[] = ['trained', 'waits', 'put back', 'declined', 'undecided', 'left', 'kept'];

type Request = Pick<RunRecord, 'submittedAt' | 'lost'>;

/** What an iteration has told of the outcome of its training since that was last requested. */
function settledSince(events: readonly ModelEvent[], id: string, { submittedAt }: Request): ModelEvent | undefined {
  const since = Date.parse(submittedAt);
  return events.findLast(
    (each) => each.iteration === id && OUTCOMES.includes(each.event) && Date.parse(each.at) >= since,
  );
}

/**
 * The model that a training has published, where the register tells; null otherwise, also where a run of it was taken for
 * dead: that may have gone on, and published another one.
 *
 * @param events of the register, oldest first
 */
export function settledModel(events: readonly ModelEvent[], id: string, request: Request): string | null {
  const settled = request.lost.length > 0 ? undefined : settledSince(events, id, request);
  return settled === undefined || settled.event === 'kept' ? null : settled.checksum;
}

/** Whether the register tells that a training has left no model behind. @param events oldest first */
export function hasLeftNothing(events: readonly ModelEvent[], id: string, request: Request): boolean {
  return settledSince(events, id, request)?.event === 'kept';
}
