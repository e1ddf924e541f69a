import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Operations } from '../../../../src/operations/operations.ts';
import { sha256Of } from '../../../../src/server/access/known-tokens.ts';
import { addressOf, examplesOf } from '../../../kit/api-examples.ts';
import { openApiSite, SESSION_SECRET, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { fakeIndex } from '../../../kit/fake-index.ts';
import { notingStore } from '../../../kit/noting-store.ts';
import { LOOKS, loopOf, modelOf, ROWS, scheduleOf, SOUTHERN } from '../../../kit/two-connections.ts';
import { sampleView } from '../../cli/fake-context.ts';

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly role: 'viewer' | 'lead' | 'operator' | null;
}

const done: string[] = [];
const note =
  <T>(what: string, answer: T) =>
  async (): Promise<T> => {
    done.push(what);
    return answer;
  };

/** Operations that note every change, and whose reads tell of both connections. */
const OPERATIONS: Partial<Operations> = {
  describe: async (id) => {
    const firstRunId = 'r';
    const since = '2026-03-01T08:00:00.000Z';
    const waiting = [{ id: `${SOUTHERN}/T`, firstRunId, since }];
    return sampleView({ id, turns: { holder: { id: 'north/Own/T', firstRunId, since }, waiting } });
  },
  receipt: async () => null,
  resolve: async (_given, _among, isSeen = () => true) => ROWS.map(({ id }) => id).find((id) => isSeen(id)) ?? 'none',
  pollers: async () => ({ workflow: ['worker'], activity: [], lastSeen: null, backlog: null }),
  models: async () => [
    modelOf('default', `${SOUTHERN}/T`),
    modelOf('north', 'north/Own/T'),
    modelOf('north', `${SOUTHERN}/T`),
  ],
  projectCategories: async () => ({
    categories: { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 },
    rows: [],
    classes: 0,
  }),
  start: note('start', { id: 'north/Own/T', outcome: 'started' }),
  steer: note('steer', undefined),
  approve: note('approve', undefined),
  decline: note('decline', undefined),
  extend: note('extend', { deadline: '2026-03-01T08:00:00.000Z' }),
  reassign: note('reassign', { jobs: [1] }),
  restore: note('restore', {} as never),
  exclude: note('exclude', {} as never),
  forget: note('forget', {} as never),
  publishModel: note('publish', { connection: 'north', model: 'm', checksum: 'c', before: null }),
  loops: {
    list: async () => [loopOf('default', SOUTHERN), loopOf('north', 'Own')],
    resolve: async () => loopOf('default', SOUTHERN),
    describe: async (id) => {
      const { phase: _, waitingFor: __, since: ___, number: ____, ...place } = loopOf('north', 'Own');
      const iteration = await OPERATIONS.describe?.('north/Own/T');
      return {
        ...place,
        state: 'running',
        id,
        workerAnswers: false,
        status: null,
        iteration: iteration ?? null,
        activities: [],
        chosen: [1],
      };
    },
    plan: async () => ({ number: 1, task: 'T', begins: 'nothing', chosen: null, tooFew: null, iteration: null }),
    start: note('loop', { id: '~loop/north/Own/L', outcome: 'started', ends: false }),
    edit: note('loop', { id: '~loop/north/Own/L', from: 2, changes: 'nothing' }),
    pause: note('loop', undefined),
    resume: note('loop', undefined),
    stop: note('loop', undefined),
    answer: note('loop', undefined),
    begin: note('loop', { outcome: 'begins', why: 'it was asked for' }),
  },
  schedules: {
    create: note('schedule', undefined),
    steer: note('schedule', undefined),
    list: async () => [scheduleOf('default', SOUTHERN), scheduleOf('north', 'Own')],
    describe: async () => ({ ...scheduleOf('north', 'Own'), runs: [], missed: 0 }),
  },
};

let folder = '';
let site: ApiSite;
let operations: readonly Operation[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-roles-'));
  site = await openApiSite(OPERATIONS, {
    store: notingStore(folder, (name) => void (name.startsWith('audit/') || done.push(`store ${name}`))),
    looks: LOOKS,
    index: fakeIndex({
      page: async ({ sees }) => ({
        iterations: ROWS.filter(({ connection }) => sees(connection)),
        next: null,
        truncated: false,
      }),
      running: async (_filter, sees) => ROWS.filter(({ connection }) => sees(connection)),
      known: async () => ROWS,
    }),
    inspect: async () => {
      done.push('inspect');
      return [{ title: SOUTHERN, findings: [] }];
    },
  });
  const { json } = await site.ask(null, 'GET', '/api/openapi.json');
  const { paths } = json as { paths: Record<string, Record<string, { operationId: string; 'x-role': never }>> };
  operations = Object.entries(paths).flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, one]) => ({
      operationId: one.operationId,
      method: method.toUpperCase(),
      path: at,
      role: one['x-role'],
    })),
  );
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const RANKS = ['viewer', 'lead', 'operator'];

/** A stream does not end by itself; its own test looks at who sees what there. */
const isStream = ({ operationId }: Operation): boolean => operationId === 'readEvents';

async function askEach(token: string | null, connection: string, named: string | null = null) {
  const examples = examplesOf(connection, named);
  const answers: { operation: Operation; status: number; text: string; changed: boolean }[] = [];
  for (const operation of operations.filter((one) => token === null || !isStream(one))) {
    const example = examples[operation.operationId];
    if (example === undefined) throw new Error(`there is no example of ${operation.operationId}`);
    done.length = 0;
    const at = addressOf(operation.path, example);
    const { status, text } = await site.ask(token, operation.method, at, { body: example.body });
    answers.push({ operation, status, text, changed: done.some((what) => what !== 'inspect') });
  }
  return answers;
}

describe('every route of the OpenAPI document', () => {
  it('is one that somebody has an example of, and answers', () => {
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(
      Object.keys(examplesOf('default')).toSorted(),
    );
  });

  it('refuses somebody without a token, but for the login', async () => {
    for (const { operation, status, changed } of await askEach(null, 'default')) {
      const expected = operation.role === null ? [403] : [401];
      expect([operation.operationId, expected, changed]).toEqual([operation.operationId, [status], false]);
    }
  });

  it.each(['viewer', 'lead'] as const)('lets a %s do what that role may and changes nothing else', async (role) => {
    for (const { operation, status, changed } of await askEach(TOKENS[role], 'default')) {
      const needs = operation.role;
      if (needs === null) continue;
      const isAllowed = RANKS.indexOf(role) >= RANKS.indexOf(needs);
      if (!isAllowed) expect([operation.operationId, status, changed]).toEqual([operation.operationId, 403, false]);
      else expect([operation.operationId, [403, 401].includes(status)]).toEqual([operation.operationId, false]);
      if (role === 'viewer') expect([operation.operationId, changed]).toEqual([operation.operationId, false]);
    }
  });

  it('tells a token of one connection nothing of another, and changes nothing there', async () => {
    for (const { operation, status, text, changed } of await askEach(TOKENS.north, 'default')) {
      const what = operation.operationId;
      expect([what, text.includes(SOUTHERN)]).toEqual([what, false]);
      // A bulk change is about the iterations that the caller sees.
      if (what !== 'steerIterations') expect([what, changed]).toEqual([what, false]);
      if (operation.path.includes('{id}')) expect([what, status]).toEqual([what, 404]);
    }
  });

  it('answers a token of one connection by a hash as if there were no such file, if another has put it', async () => {
    const put = async (content: string) => site.store.put(Buffer.from(content));
    const file = { name: 'a.png', ...(await put(SOUTHERN)) };
    const list = JSON.stringify({ schema: 'maskloop.files/1', files: [file] });
    const hidden = [file, await put(list), await put('[{"id":1,"name":"instrument"}]')];
    const asked = async (sha256: string) =>
      (await askEach(TOKENS.north, 'north', sha256))
        .filter(({ operation }) => !['readAudit', 'addNote', 'listNotes'].includes(operation.operationId))
        .map(({ operation: { operationId }, status, text }) => {
          const words = text.replaceAll(sha256, 'HASH').replaceAll(/store:sha256\/[0-9a-f]{2}\//g, 'store:');
          return { operationId, status, words: words.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME') };
        });
    const absent = await asked('5'.repeat(64));
    for (const { sha256 } of hidden) expect(await asked(sha256)).toEqual(absent);
    const missing = absent.filter(({ words }) => words.includes('HASH') && words.includes('FileUnknown'));
    expect(missing.map(({ operationId }) => operationId).toSorted()).toEqual(
      [
        'checkLoop',
        'describeFolder',
        'editLoop',
        'planIteration',
        'planLoop',
        'readLabel',
        'startIteration',
        'startLoop',
      ].toSorted(),
    );
  });

  it('shows a token of one connection what is its own', async () => {
    const answers = await askEach(TOKENS.north, 'north');
    const texts = answers.map(({ text }) => text).join('\n');
    expect(texts).not.toContain(SOUTHERN);
    for (const what of [
      'listIterations',
      'describeIteration',
      'listModels',
      'listSchedules',
      'listLoops',
      'resolveLoop',
      'describeLoop',
      'startLoop',
      'listJobs',
      'iterationJobs',
      'pauseIteration',
    ]) {
      const found = answers.find(({ operation }) => operation.operationId === what);
      expect([what, found?.status]).toEqual([what, what === 'pauseIteration' ? 204 : 200]);
    }
    expect(answers.find(({ operation }) => operation.operationId === 'steerIterations')?.text).toContain('north/Own/T');
    expect(answers.find(({ operation }) => operation.operationId === 'listJobs')?.text).toContain('ana of Own');
  });

  it('has no secret in any answer', async () => {
    const secrets = [SESSION_SECRET, ...Object.values(TOKENS), ...Object.values(TOKENS).map(sha256Of)];
    const all = [...(await askEach(TOKENS.operator, 'default')), ...(await askEach(null, 'default'))];
    expect(all.length).toBeGreaterThan(60);
    for (const { operation, text } of all) {
      const found = secrets.filter((secret) => text.includes(secret));
      expect([operation.operationId, found]).toEqual([operation.operationId, []]);
    }
  });
});
