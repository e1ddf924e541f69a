import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createApiClient } from '../../../src/api-client/api-client.ts';
import { remoteOperations } from '../../../src/api-client/remote-operations.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { ListPage } from '../../../src/operations/lists/iteration-index.ts';
import type { ListedIteration } from '../../../src/operations/lists/listed-iteration.ts';
import type { LoopRow } from '../../../src/operations/loops/find-loops.ts';
import type { LoopOperations } from '../../../src/operations/loops/loop-operations.ts';
import type { Operations } from '../../../src/operations/operations.ts';
import { knownTokens } from '../../../src/server/access/known-tokens.ts';
import { openApiSite, testAccess, TOKENS, type ApiSite } from '../../kit/api-site.ts';
import { fakeTerminal, sampleView, troubledView } from '../cli/fake-context.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';

const SHARED = 'the-token-that-many-share';

let site: ApiSite | undefined;
afterEach(async () => {
  await site?.close();
});

const listed: readonly ListedIteration[] = Array.from({ length: 2500 }, (_, index) => ({
  id: `P/T${index}`,
  state: index < 3 ? 'running' : 'done',
  project: 'P',
  task: `T${index}`,
  connection: 'default',
  step: index < 3 ? 'wait' : 'done',
  waitingFor: index < 3 ? 'people' : 'nothing',
  since: new Date(Date.UTC(2026, 0, 1) - index * 60_000).toISOString(),
  startedAt: new Date(Date.UTC(2025, 0, 1) - index * 60_000).toISOString(),
  attention: false,
  deadline: null,
  people: [],
}));

const index = {
  page: async ({ limit, cursor }: { limit: number; cursor?: string | undefined }): Promise<ListPage> => {
    const from = Number(cursor ?? 0);
    const end = from + limit;
    return { iterations: listed.slice(from, end), next: end < listed.length ? String(end) : null, truncated: false };
  },
  warm: async () => undefined,
  running: async () => [],
  known: async () => [],
};

/** The same words at a terminal: with the operations themselves, and with a server over them. */
async function both(words: readonly string[], operations: Partial<Operations>) {
  site = await openApiSite(operations, {
    index,
    access: testAccess({
      tokens: knownTokens(
        () => SHARED,
        () => [],
      ),
    }),
  });
  const client = createApiClient({ url: site.url, token: { read: () => SHARED }, user: 'tester' });
  const local = fakeTerminal({}, operations);
  const remote = fakeTerminal({
    connect: async () => ({ operations: remoteOperations(client), close: async () => undefined }),
  });
  const codes = [await runCli(words, local.context), await runCli(words, remote.context)];
  return { codes, local, remote };
}

const row = (one: ListedIteration) => {
  const { attention: _, deadline: __, people: ___, ...rest } = one;
  return rest;
};

const LOOP: LoopRow = {
  id: '~loop/SurgVU/vessels',
  name: 'vessels',
  project: 'SurgVU',
  connection: 'default',
  state: 'running',
  phase: 'resting',
  waitingFor: 'resume',
  since: '2026-03-01T08:00:00.000Z',
  number: 3,
};

const LOOPS: Partial<LoopOperations> = {
  list: async () => [LOOP],
  resolve: async () => LOOP,
  describe: async (id) => {
    const { phase: _, waitingFor: __, since: ___, number: ____, ...place } = LOOP;
    return {
      ...place,
      state: 'running',
      id,
      workerAnswers: false,
      status: null,
      iteration: null,
      activities: [],
      chosen: [1, 2, 3],
    };
  },
  pause: async () => undefined,
  resume: async () => undefined,
  stop: async () => undefined,
  answer: async () => undefined,
  begin: async () => ({ outcome: 'skipped', why: 'one runs' }),
};

const COMMON: Partial<Operations> = {
  loops: LOOPS as LoopOperations,
  resolve: async (given) => given ?? 'SurgVU/Iteration_1',
  pollers: async () => ({ workflow: [], activity: [], lastSeen: null, backlog: null }),
  list: async () => listed.map(row),
  describe: async () => sampleView(),
  receipt: async () => sampleReceipt(),
  steer: async () => undefined,
  approve: async () => undefined,
  decline: async () => undefined,
  extend: async () => ({ deadline: '2026-03-09T00:00:00.000Z' }),
  reassign: async () => ({ jobs: [3, 4] }),
  models: async () => [],
  restore: async ({ id }) => ({
    id,
    backup: 2,
    takenAt: '2026-03-01T08:00:00.000Z',
    url: 'http://cvat.test/tasks/7',
    before: {
      name: 'backups/x/3',
      number: 3,
      manifest: { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 },
      takenAt: '2026-03-01T08:00:00.000Z',
      jobs: 1,
      shapes: 1,
      tracks: 0,
      tags: 0,
    },
    written: 1,
    unchanged: 0,
    shapes: 4,
  }),
};

describe('a command through a server', () => {
  it.each([
    ['list'],
    ['list --json'],
    ['status SurgVU/Iteration_1'],
    ['status --json'],
    ['receipt SurgVU/Iteration_1'],
    ['receipt --json'],
    ['pause SurgVU/Iteration_1'],
    ['resume'],
    ['retry Surg%2FVU/Day%201'],
    ['skip'],
    ['seal'],
    ['cancel SurgVU/Iteration_1'],
    ['approve SurgVU/Iteration_1'],
    ['decline SurgVU/Iteration_1'],
    ['extend SurgVU/Iteration_1 --by 2d'],
    ['reassign SurgVU/Iteration_1 --from ana --to ben'],
    ['restore SurgVU/Iteration_1 --backup 2'],
    ['model list'],
    ['loop list'],
    ['loop list --json'],
    ['loop status vessels'],
    ['loop pause vessels'],
    ['loop resume'],
    ['loop stop vessels --note enough'],
    ['loop begin'],
    ['watch SurgVU/Iteration_1'],
  ])('prints what it prints without one: %s', async (line) => {
    const operations = line.startsWith('watch') ? { ...COMMON, describe: async () => troubledView() } : COMMON;
    const { codes, local, remote } = await both(line.split(' '), operations);
    expect(remote.stdout()).toBe(local.stdout());
    expect(remote.stderr()).toBe(local.stderr());
    expect(codes[1]).toBe(codes[0]);
    expect(local.stdout() + local.stderr()).not.toBe('');
    expect(local.stderr()).not.toContain('should not need');
  });

  it.each([
    ['pause P/T', 'IterationDone'],
    ['retry P/T', 'NothingToDecide'],
    ['skip P/T', 'WorkerSilent'],
  ] as const)('fails as without one: %s', async (line, code) => {
    const steer = async (): Promise<never> => {
      throw new MaskloopError(code, 'So it is.', { facts: { id: 'P/T', list: [1, { a: null }] } });
    };
    const { codes, local, remote } = await both(line.split(' '), { ...COMMON, steer });
    expect(remote.stderr()).toBe(local.stderr());
    expect(remote.stderr()).toContain(code);
    expect(codes[1]).toBe(codes[0]);
  });

  it('names the person at the terminal where many share a token', async () => {
    const senders: string[] = [];
    await both(['pause', 'P/T'], { ...COMMON, steer: async ({ sender }) => void senders.push(sender.by) });
    expect(senders).toEqual(['tester', 'tester']);
  });

  it('says that nobody answers, that the token is wrong, or that it is no maskloop server', async () => {
    const said = async (url: string, token: string | null): Promise<string> => {
      const client = createApiClient({ url, token: token === null ? null : { read: () => token }, user: 'ana' });
      const terminal = fakeTerminal({
        connect: async () => ({ operations: remoteOperations(client), close: async () => undefined }),
      });
      await runCli(['status', 'P/T'], terminal.context);
      expect(terminal.stderr()).not.toContain(TOKENS.viewer);
      return terminal.stderr();
    };
    expect(await said('http://127.0.0.1:9', TOKENS.viewer)).toContain('ServerUnreachable');
    site = await openApiSite(COMMON);
    expect(await said(site.url, null)).toContain('LoginNeeded');
    expect(await said(`${site.url}/elsewhere`, TOKENS.viewer)).toContain('ServerAnswerUnknown');
    const stranger = createServer((_request, response) => response.end('<html>hello</html>'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as AddressInfo;
    expect(await said(`http://127.0.0.1:${port}`, TOKENS.viewer)).toContain('ServerAnswerUnknown');
    stranger.closeAllConnections();
    stranger.close();
  });
});
