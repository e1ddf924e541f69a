import { describe, expect, it } from '@jest/globals';
import { checkRegister } from '../../../../src/activities/gate/check-register.ts';
import type { ModelEvent, ModelEventName } from '../../../../src/contracts/model-register.ts';

const FILE = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };
const NOW = new Date('2026-01-01T12:00:00.000Z');

function event(name: ModelEventName, checksum: string, number: number): ModelEvent {
  const about = {
    connection: 'default',
    model: 'segmentation',
    iteration: 'P/first',
    metrics: null,
    reasons: [],
    by: null,
  };
  const at = '2026-01-01T11:00:00.000Z';
  return {
    schema: 'maskloop.model/1',
    ...about,
    number,
    event: name,
    checksum,
    file: FILE,
    current: 'old',
    at,
    key: `${number}`,
  };
}

const begun = [event('promoted', 'old', 1), event('training', 'old', 2)];

function looking(id: string, events: readonly ModelEvent[]): () => unknown {
  return () => checkRegister(events, 'theirs', { id, model: 'segmentation', taken: [], now: NOW });
}

describe('a published model that should not be', () => {
  it('is waited for by others, and asked about by the iteration that trains, also once it is known as found', () => {
    for (const events of [begun, [...begun, event('found', 'theirs', 3)]]) {
      expect(looking('P/second', events)).toThrow(expect.objectContaining({ code: 'TrainingBusy' }));
      expect(looking('P/first', events)).toThrow(expect.objectContaining({ code: 'ModelChanged' }));
    }
  });

  it('is asked about by all once the iteration that trained has decided', () => {
    const decided = [...begun, event('found', 'theirs', 3), event('kept', 'old', 4)];
    expect(looking('P/second', decided)).toThrow(expect.objectContaining({ code: 'ModelChanged' }));
  });
});
