import { describe, expect, it } from '@jest/globals';
import type { IterationRow } from '../../../src/operations/list-iterations.ts';
import { watchIterations } from '../../../src/operations/lists/watch-iterations.ts';
import type { PendingActivity } from '../../../src/operations/pending-activities.ts';
import { eventRing } from '../../../src/server/events/event-ring.ts';

describe('the events that are kept', () => {
  it('are the newest of one run, whole after every id that is still known', () => {
    const ring = eventRing<number>('run', 2);
    expect(ring.after('run-0')).toEqual([]);
    for (const value of [1, 2, 3]) ring.push(value);
    expect(ring.lastId).toBe('run-3');
    expect(ring.after('run-1')?.map(({ value }) => value)).toEqual([2, 3]);
    expect(ring.after('run-3')).toEqual([]);
    for (const id of ['run-0', 'run-4', 'run', 'run-', 'run--1', 'run-1.5', 'other-3'])
      expect(ring.after(id)).toBeNull();
  });
});

describe('a look at what runs', () => {
  const row = (id: string, step = 'wait'): IterationRow => ({
    id,
    state: 'running',
    project: 'P',
    task: id,
    connection: 'default',
    step,
    waitingFor: 'people',
    since: '2026-03-01T08:00:00.000Z',
    startedAt: '2026-03-01T08:00:00.000Z',
  });
  const failing = (message: string): PendingActivity => ({
    name: 'checkCompletion',
    attempt: 3,
    startedAt: null,
    nextAttemptAt: null,
    lastFailure: { code: 'CvatUnreachable', message, facts: {} },
    heartbeat: null,
  });

  it('tells what began, moved, failed otherwise and ended since the last one, and nothing the first time', async () => {
    let rows = [row('a'), row('b')];
    let message = 'away';
    const look = watchIterations({
      running: async () => rows,
      activities: async (id) => (id === 'a' ? [failing(message)] : []),
    });
    const told = async () => (await look()).map(({ what, id }) => `${what} ${id}`);
    expect(await told()).toEqual([]);
    expect(await told()).toEqual([]);
    rows = [row('a'), row('b', 'collect'), row('c')];
    message = 'still away';
    expect(await told()).toEqual(['changed b', 'changed c', 'failing a']);
    rows = [row('c')];
    expect(await told()).toEqual(['ended a', 'ended b']);
  });

  it('looks closely at each iteration in turn, at twenty each time', async () => {
    const asked: string[] = [];
    const rows = Array.from({ length: 50 }, (_, index) => row(`r${index}`));
    const look = watchIterations({
      running: async () => rows,
      activities: async (id) => {
        asked.push(id);
        return [];
      },
    });
    for (let times = 0; times < 5; times += 1) await look();
    const counts = rows.map(({ id }) => asked.filter((one) => one === id).length);
    expect([asked.length, Math.min(...counts), Math.max(...counts)]).toEqual([100, 2, 2]);
  });
});
