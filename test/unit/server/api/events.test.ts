import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationChange } from '../../../../src/operations/lists/watch-iterations.ts';
import { knownTokens, sha256Of } from '../../../../src/server/access/known-tokens.ts';
import { watchTokenFile } from '../../../../src/server/access/token-file.ts';
import { eventHub } from '../../../../src/server/events/event-hub.ts';
import { openApiSite, testAccess, TOKENS, type ApiSite } from '../../../kit/api-site.ts';

const SILENT = { info: () => undefined, warn: () => undefined };

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
  /** Reads to the end; all that was read. */
  ended(): Promise<string>;
  close(): void;
}

async function listen(
  token: string | null,
  lastId?: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Stream> {
  const end = new AbortController();
  const headers = {
    ...more,
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
    ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
  };
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
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        text += Buffer.from(read.value).toString();
      }
      return text;
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
    await expect(ended).resolves.toMatch(/retry/);
  });
});

describe('a stream whose login changes', () => {
  const TOKEN = 'a-token-in-the-file';
  let folder = '';
  let clock = Date.now();
  const write = async (line: string): Promise<void> => {
    await writeFile(path.join(folder, 'tokens'), `${line}\n`);
    clock += 2000;
  };
  const entry = (connections = ''): string => `ana viewer ${sha256Of(TOKEN)} ${connections}`;

  beforeEach(async () => {
    await site.close();
    folder = await mkdtemp(path.join(tmpdir(), 'maskloop-stream-'));
    await write(entry('north'));
    const entries = watchTokenFile(
      path.join(folder, 'tokens'),
      () => undefined,
      () => clock,
    );
    const hub = eventHub({ look: async () => next.splice(0), everyMs: 20, size: 9, log: SILENT });
    const access = testAccess({ tokens: knownTokens(null, entries) });
    site = await openApiSite({}, { events: hub, access, heartbeatMs: 100 });
  });
  afterEach(async () => rm(folder, { recursive: true }));

  it('ends when the token is taken out of the file, at the next sign of life', async () => {
    const stream = await listen(TOKEN);
    await stream.until(/\n: \n/);
    await write('# nobody');
    await stream.ended();
    expect((await site.ask(TOKEN, 'GET', '/api/v1/session')).status).toBe(401);
  });

  it('tells nothing more from the moment on at which the token has other connections or another role', async () => {
    for (const line of [entry('south'), entry().replace('viewer', 'lead')]) {
      await write(entry('north'));
      const stream = await listen(TOKEN);
      next = [change('north/Own/1', 'north')];
      await stream.until(/Own\/1/);
      await write(line);
      next = [change('north/Own/2', 'north')];
      expect(await stream.ended()).not.toContain('Own/2');
    }
  });

  it('ends with a session whose token is taken out', async () => {
    const body = { token: TOKEN };
    const { headers } = await site.ask(null, 'POST', '/api/v1/session', { body, headers: { 'x-maskloop-page': '1' } });
    const cookie = headers.get('set-cookie')?.split(';')[0] ?? '';
    const stream = await listen(null, undefined, { cookie });
    await stream.until(/\n: \n/);
    await write('# nobody');
    await stream.ended();
  });
});
