import { afterEach, describe, expect, it } from '@jest/globals';
import { ENDPOINTS } from '../../../../src/api/all-endpoints.ts';
import { addressOf, examplesOf } from '../../../kit/api-examples.ts';
import { TOKENS } from '../../../kit/api-site.ts';
import { openTellingSite, SOUTH, WORKERS, type TellingSite } from '../../../kit/telling-site.ts';

let site: TellingSite;
afterEach(async () => site.close());

/** A stream does not end by itself. */
const STREAM = 'readEvents';

/** What says who gets jobs, for those who decide on that. */
const OF_OPERATORS = 'readLoopFile';

const ASKED = ENDPOINTS.filter(({ id }) => id !== STREAM && id !== OF_OPERATORS);

interface Told {
  readonly id: string;
  readonly status: number;
  readonly text: string;
}

/** What somebody is told by every route, about something of a connection. */
async function askAll(token: string, connection: string): Promise<readonly Told[]> {
  const examples = examplesOf(connection);
  const told: Told[] = [];
  // Last comes what all the others have left behind.
  for (const { id, method, path } of ASKED.toSorted(
    (a, b) => Number(a.tag === 'system') - Number(b.tag === 'system'),
  )) {
    const example = examples[id] ?? {};
    const at = addressOf(`/api/v1${path}`, example);
    const { status, text } = await site.ask(token, method, at, { body: example.body });
    told.push({ id, status, text });
  }
  return told;
}

const naming = (told: readonly Told[], words: readonly string[]): readonly unknown[] =>
  told.flatMap(({ id, text }) => {
    const found = words.filter((word) =>
      new RegExp(`(?<![a-z0-9])${word.replace('.', '\\.')}(?![a-z0-9])`, 'i').test(text),
    );
    return found.length === 0 ? [] : [[id, found]];
  });

/** Opens a stream, which is told of what happens from then on. Reads it until a word has come. */
async function openStream(token: string): Promise<{ readUntil(word: string): Promise<string> }> {
  const end = new AbortController();
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(`${site.url}/api/v1/events`, { headers, signal: end.signal });
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  const readUntil = async (word: string): Promise<string> => {
    let text = '';
    while (!text.includes(word)) {
      const { value, done } = await reader.read();
      if (done) break;
      text += Buffer.from(value).toString();
    }
    end.abort();
    return text;
  };
  return { readUntil };
}

describe.each(['pseudonyms', 'none'] as const)('with the setting %s', (setting) => {
  it.each([
    ['answers', false],
    ['failures', true],
  ] as const)('no route names an annotator or reviewer in its %s', async (_what, failing) => {
    site = await openTellingSite(setting, failing);
    const told = await askAll(TOKENS.operator, 'default');
    expect(naming(told, WORKERS)).toEqual([]);
    expect(told.filter(({ text }) => text.includes('somebody')).length).toBeGreaterThan(failing ? 30 : 5);
  });

  it('no event does', async () => {
    site = await openTellingSite(setting, false);
    const stream = await openStream(TOKENS.viewer);
    site.happen('Own/T', 'default');
    const text = await stream.readUntil('failing');
    expect(text).toContain('job 3 of somebody');
    expect(naming([{ id: 'events', status: 200, text }], WORKERS)).toEqual([]);
  });
});

describe('with the setting names', () => {
  it('the same routes do, so that a name would be found', async () => {
    site = await openTellingSite('names', false);
    const answers = naming(await askAll(TOKENS.operator, 'default'), WORKERS).map((found) => (found as string[])[0]);
    for (const id of [
      'listIterations',
      'describeIteration',
      'planIteration',
      'describeLoop',
      'listNotices',
      'iterationJobs',
    ]) {
      expect(answers).toContain(id);
    }
    await site.close();
    site = await openTellingSite('names', true);
    expect(naming(await askAll(TOKENS.operator, 'default'), WORKERS).length).toBeGreaterThan(30);
  });
});

describe('somebody who sees one connection', () => {
  it.each([
    ['answers', false],
    ['failures', true],
  ] as const)('is told of no other in the %s of any route', async (_what, failing) => {
    site = await openTellingSite('names', failing);
    const told = await askAll(TOKENS.north, 'north');
    expect(naming(told, SOUTH)).toEqual([]);
    expect(naming(told, ['connection default'])).toEqual([]);
    expect(told.filter(({ text }) => text.includes('used by another of connection another')).length).toBeGreaterThan(
      failing ? 20 : 2,
    );
    await site.close();
    site = await openTellingSite('names', failing);
    const all = await askAll(TOKENS.operator, 'north');
    expect(naming(all, SOUTH).length).toBeGreaterThan(failing ? 20 : 2);
  });

  it('is told of no other by an event, and nobody else misses anything', async () => {
    site = await openTellingSite('names', false);
    const [north, all] = await Promise.all([openStream(TOKENS.north), openStream(TOKENS.operator)]);
    site.happen('north/Own/T', 'north');
    const text = await north.readUntil('failing');
    expect(naming([{ id: 'events', status: 200, text }], SOUTH)).toEqual([]);
    expect(await all.readUntil('failing')).toContain('used by south/Secret-project/T of connection south');
  });

  it('reads what he has written himself as he wrote it, whether or not there is such a thing', async () => {
    site = await openTellingSite('names', false);
    for (const connection of ['south', 'nowhere']) {
      const at = `/api/v1/loops/${connection}/P/L/pause`;
      const { json } = await site.ask(TOKENS.north, 'POST', at);
      expect(json).toMatchObject({ detail: `north has no connection ${connection}.` });
    }
  });
});

describe('the line that is written down of a reassignment', () => {
  it('names nobody in an answer, and those who were meant in the store', async () => {
    site = await openTellingSite('none', true);
    const [from, to] = WORKERS;
    await site.ask(TOKENS.lead, 'POST', '/api/v1/iterations/Own%2FT/reassign', { body: { from, to, job: null } });
    const { json } = await site.ask(TOKENS.operator, 'GET', '/api/v1/audit');
    expect(json).toMatchObject({
      entries: [{ who: 'lead', on: { id: 'Own/T' }, asked: { from: 'somebody', to: 'somebody', job: null } }],
    });
    const [name = ''] = await site.store.listNamed('audit/');
    const kept = Buffer.from((await site.store.getNamed(name)) ?? []).toString();
    expect([kept.includes(from), kept.includes(to)]).toEqual([true, true]);
  });

  it('tells the lead who asked the names that he gave himself', async () => {
    site = await openTellingSite('none', true);
    const [from, to] = WORKERS;
    const at = '/api/v1/iterations/Own%2FT/reassign';
    const { text } = await site.ask(TOKENS.lead, 'POST', at, { body: { from, to, job: null } });
    expect([text.includes(from), text.includes(to), text.includes(WORKERS[2])]).toEqual([true, true, false]);
  });
});
