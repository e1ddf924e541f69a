import { describe, expect, it } from '@jest/globals';
import { ownStats, whoseStats, type Surroundings } from '../../../../src/activities/training/own-stats.ts';
import { aRecord, aTask, SUBMITTED_AT, stats } from './sights.ts';

const START = SUBMITTED_AT + 20;

function around(changes: Partial<Surroundings['record']> = {}, rest: Partial<Surroundings> = {}): Surroundings {
  return { record: aRecord(changes), tasks: [], maxEpochs: 5, beginsWithinMs: 60_000, ...rest };
}

describe('the statistics of a trainer', () => {
  it('are of our run if they began after the request, with the epochs that were asked for', () => {
    expect(ownStats(stats(START), around())).not.toBeNull();
    expect(ownStats(stats(START), around({}, { maxEpochs: null }))).not.toBeNull();
    expect(ownStats(stats(START), around({}, { maxEpochs: 6 }))).toBeNull();
    expect(ownStats(null, around())).toBeNull();
  });

  it('are not those of the run before, of one that began long before, or of one that was given up', () => {
    expect(whoseStats(stats(START), around({ previousRunStart: START }))).toBe('earlier');
    expect(whoseStats(stats(START - 3600), around())).toBe('theirs');
    expect(whoseStats(stats(START), around({ lost: [{ start: START, epoch: 2 }] }))).toBe('earlier');
  });

  it('are not of a forgotten run of ours where they began later than it can have', () => {
    expect(whoseStats(stats(START + 3600), around())).toBe('theirs');
    const aloneAt = new Date((SUBMITTED_AT + 3600) * 1000).toISOString();
    expect(whoseStats(stats(START + 3600), around({ aloneAt }))).toBe('ours');
    expect(whoseStats(stats(START + 3600), around({}, { tasks: [aTask('ours', 'RUNNING')] }))).toBe('ours');
  });

  it('are ours although the clocks of the machines differ by minutes', () => {
    expect(ownStats(stats(START - 300), around())).not.toBeNull();
  });

  it('are only those of our start, once that is known', () => {
    expect(whoseStats(stats(START), around({ ownStart: START }))).toBe('ours');
    expect(whoseStats(stats(START + 60), around({ ownStart: START }))).toBe('theirs');
  });

  it('are not ours where a run of another length has begun in the same second beside ours, which is forgotten', () => {
    expect(whoseStats(stats(START, { totalEpochs: 3 }), around({ ownStart: START }))).toBe('theirs');
    const byDefault = around({ ownStart: START, ownEpochs: 20 }, { maxEpochs: null });
    expect(whoseStats(stats(START, { totalEpochs: 3 }), byDefault)).toBe('theirs');
    expect(whoseStats(stats(START, { totalEpochs: 20 }), byDefault)).toBe('ours');
  });

  it.each([[5], [null]])('may be of somebody else who has begun since, where %s epochs were asked for', (maxEpochs) => {
    for (const status of ['RUNNING', 'DONE', 'ERROR', 'STOPPED', 'LOST'] as const) {
      const tasks = [aTask('theirs', status)];
      expect(whoseStats(stats(START), around({}, { maxEpochs, tasks }))).toBe('not known');
    }
    const waiting = [aTask('theirs', 'SUBMITTED')];
    expect(whoseStats(stats(START), around({}, { maxEpochs, tasks: waiting }))).toBe('ours');
    const ofAnother = [{ ...aTask('theirs', 'DONE'), model: 'another' }];
    expect(whoseStats(stats(START), around({}, { maxEpochs, tasks: ofAnother }))).toBe('ours');
  });

  it('may be of somebody else who was seen before the list was forgotten once more', () => {
    expect(whoseStats(stats(START), around({ rivals: ['theirs'] }))).toBe('not known');
  });

  it('may be of a training that stood before ours in the queue, until ours is seen to run alone', () => {
    const queue = [aTask('theirs', 'DONE'), aTask('ours', 'RUNNING')];
    const known = { lastTask: 'theirs', ahead: ['theirs'] };
    expect(whoseStats(stats(START), around({ ...known, request: 'accepted' }, { tasks: queue }))).toBe('not known');
    expect(whoseStats(stats(START), around({ ...known, request: 'alone' }, { tasks: queue }))).toBe('ours');
    expect(whoseStats(stats(START), around({ ...known, request: 'accepted' }))).toBe('not known');
    const waits = [aTask('theirs', 'RUNNING'), aTask('ours', 'SUBMITTED')];
    expect(whoseStats(stats(START), around({ ...known, request: 'accepted' }, { tasks: waits }))).toBe('theirs');
  });

  it('are ours although others had trained before the request', () => {
    const tasks = [aTask('theirs', 'DONE'), aTask('ours', 'RUNNING')];
    for (const request of ['accepted', 'alone'] as const) {
      expect(whoseStats(stats(START), around({ request, lastTask: 'theirs' }, { tasks }))).toBe('ours');
    }
  });
});
