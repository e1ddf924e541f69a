import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationRow } from '../../../../src/operations/list-iterations.ts';
import { watchIterations, type IterationChange } from '../../../../src/operations/lists/watch-iterations.ts';
import type { PendingActivity } from '../../../../src/operations/pending-activities.ts';
import { eventHub } from '../../../../src/server/events/event-hub.ts';
import { eventRing } from '../../../../src/server/events/event-ring.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

const change = (id: string, connection = 'default'): IterationChange => ({
  what: 'changed',
  id,
  connection,
  row: null,
  failure: null,
});

let site: ApiSite;
let next: IterationChange[] = [];
let looks = 0;
let isAway = false;

beforeEach(async () => {
  [next, looks, isAway] = [[], 0, false];
  const events = eventHub({
    look: async () => {
      looks += 1;
      if (isAway) throw new Error('Temporal is away');
      return next.splice(0);
    },
    everyMs: 20,
    size: 3,
    log: { info: () => undefined, warn: () => undefined },
  });
  site = await openApiSite({}, { events });
});
afterEach(async () => site.close());

interface Stream {
  /** Reads on until what was read in all matches. */
  until(pattern: RegExp): Promise<string>;
  ended(): Promise<void>;
  close(): void;
}

async function listen(token: string, lastId?: string): Promise<Stream> {
  const end = new AbortController();
  const headers = { authorization: `Bearer ${token}`, ...(lastId === undefined ? {} : { 'last-event-id': lastId }) };
  const answer = await fetch(`${site.url}/api/v1/events`, { headers, signal: end.signal });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  let text = '';
  return {
    until: async (pattern) => {
      while (!pattern.test(text)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`the stream ended with ${text}`);
        text += Buffer.from(value).toString();
      }
      return text;
    },
    ended: async () => {
      while (!(await reader.read()).done);
    },
    close: () => end.abort(),
  };
}

const lastIdIn = (text: string): string => [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1] ?? '';

describe('the stream of events', () => {
  it('tells of changes, and of those that came meanwhile to who comes back', async () => {
    const first = await listen(TOKENS.viewer);
    next = [change('P/1')];
    const seen = await first.until(/P\/1.*\n\n/);
    expect(seen).toMatch(/^retry: \d+\n\nid: [0-9a-f]+-1\nevent: iteration\ndata: \{"what":"changed","id":"P\/1"/);
    first.close();
    const other = await listen(TOKENS.viewer);
    next = [change('P/2'), change('P/3')];
    await other.until(/P\/3/);
    const back = await listen(TOKENS.viewer, lastIdIn(seen));
    const missed = await back.until(/P\/3/);
    expect([missed.includes('P/1'), missed.includes('P/2'), missed.includes('reset')]).toEqual([false, true, false]);
    other.close();
    back.close();
  });

  it('says that something is lost to who was away too long, or knows another run of the server', async () => {
    const first = await listen(TOKENS.viewer);
    next = [change('P/1')];
    const early = lastIdIn(await first.until(/P\/1/));
    next = [2, 3, 4, 5, 6].map((number) => change(`P/${number}`));
    await first.until(/P\/6/);
    for (const id of [early, 'another-7', 'nonsense']) {
      const back = await listen(TOKENS.viewer, id);
      expect(await back.until(/event: reset\n/)).not.toContain('P/');
      back.close();
    }
    first.close();
  });

  it('tells a token of one connection of that one alone', async () => {
    const north = await listen(TOKENS.north);
    next = [change('Southern/1'), change('north/Own/1', 'north')];
    expect(await north.until(/Own/)).not.toContain('Southern');
    north.close();
  });

  it('says when Temporal is away and when it is back, and goes on', async () => {
    const stream = await listen(TOKENS.viewer);
    isAway = true;
    await stream.until(/event: temporal\ndata: \{"answers":false\}/);
    const late = await listen(TOKENS.viewer);
    await late.until(/"answers":false/);
    isAway = false;
    await stream.until(/"answers":true/);
    next = [change('P/1')];
    await stream.until(/P\/1/);
    stream.close();
    late.close();
  });

  it('looks once for all who listen, and not at all for nobody', async () => {
    const streams = await Promise.all([1, 2, 3, 4, 5].map(async () => listen(TOKENS.viewer)));
    next = [change('P/1')];
    await Promise.all(streams.map(async (stream) => stream.until(/P\/1/)));
    const [one, ...rest] = streams;
    for (const stream of rest) stream.close();
    next = [change('P/2')];
    await one?.until(/P\/2/);
    one?.close();
    const settled = async (): Promise<number> => {
      const before = looks;
      await new Promise((resolve) => setTimeout(resolve, 400));
      return looks - before;
    };
    while ((await settled()) > 0);
    expect(looks).toBeGreaterThan(0);
  });

  it('ends when the server ends', async () => {
    const stream = await listen(TOKENS.viewer);
    await stream.until(/retry/);
    const ended = stream.ended();
    await site.close();
    await expect(ended).resolves.toBeUndefined();
  });
});

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
