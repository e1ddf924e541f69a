import { describe, expect, it } from '@jest/globals';
import { hasLeftNothing, settledModel, trainingKey } from '../../../../src/activities/gate/settled-model.ts';
import type { ModelEvent, ModelEventName } from '../../../../src/contracts/model-register.ts';

const ID = 'SurgVU/Iteration_1';

/** Minute of an event of the iteration, what happened, to which model; a training says which try begins. */
type Told = readonly [minute: number, event: ModelEventName, checksum: string, tryNumber?: number];

const at = (minute: number): string => new Date(minute * 60_000).toISOString();
const own = (tryNumber: number) => ({ id: ID, firstRunId: 'first', tryNumber });

function eventsOf(told: readonly Told[], iteration = ID): readonly ModelEvent[] {
  return told.map(([minute, event, checksum, tryNumber], index) => ({
    schema: 'maskloop.model/1',
    connection: 'default',
    model: 'segmentation',
    number: index + 1,
    event,
    checksum,
    file: { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 },
    current: 'before',
    iteration,
    metrics: null,
    reasons: [],
    by: null,
    at: at(minute),
    key: tryNumber === undefined ? `${event}:${checksum}` : `${trainingKey(own(tryNumber))}${checksum}`,
  }));
}

const BEGUN: Told = [1, 'training', 'before', 1];

describe('the model of a training that ended, by the register', () => {
  const request = (minute: number, tryNumber = 1, lost: readonly { start: number; epoch: number }[] = []) => ({
    ...own(tryNumber),
    record: { submittedAt: at(minute), lost },
  });

  it.each<[string, readonly Told[], ReturnType<typeof request>, string | null, boolean]>([
    ['is not known before anything was told', [BEGUN], request(2), null, false],
    ['is what was put back', [BEGUN, [5, 'undecided', 'a']], request(2), 'a', false],
    ['is what was trained, though nothing is decided', [BEGUN, [5, 'trained', 'a']], request(2), 'a', false],
    ['was none where the one before was kept', [BEGUN, [5, 'kept', 'before']], request(2), null, true],
    ['is not that of an earlier request', [BEGUN, [5, 'undecided', 'a']], request(6), null, false],
    [
      'is not that of an earlier try, told by a worker whose clock is ahead',
      [BEGUN, [9, 'undecided', 'a'], [7, 'training', 'before', 2]],
      request(8, 2),
      null,
      false,
    ],
    [
      'may be another one where a run was taken for dead',
      [BEGUN, [5, 'undecided', 'a']],
      request(2, 1, [{ start: 1, epoch: 1 }]),
      null,
      false,
    ],
    ['is known where there was none before it', [[5, 'left', 'a']], request(2), 'a', false],
  ])('%s', (_, told, requested, checksum, nothing) => {
    const events = eventsOf(told);
    expect([settledModel(events, requested), hasLeftNothing(events, requested)]).toEqual([checksum, nothing]);
  });

  it('is not that of another iteration', () => {
    expect(settledModel(eventsOf([BEGUN, [5, 'undecided', 'a']], 'SurgVU/Iteration_2'), request(2))).toBeNull();
  });
});
