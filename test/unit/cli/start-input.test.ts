import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { StartRequest } from '../../../src/operations/start-iteration.ts';
import { fakeTerminal } from './fake-context.ts';

let categoriesFile = '';
let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-start-'));
  categoriesFile = path.join(folder, 'categories.json');
  await writeFile(categoriesFile, '[{"id":1,"name":"tool"}]');
});
afterEach(async () => rm(folder, { recursive: true }));

const MASKS = { uri: 'file:///masks', sha256: 'aa', files: 2 };
const IMAGES = { uri: 'file:///images', sha256: 'bb', files: 2 };
/** Connections that this machine knows; null where it names none. */
let names: readonly string[] | null = null;
afterEach(() => {
  names = null;
});

const STORED = { uri: 'store:cc', sha256: 'cc', bytes: 24 };

/** Runs `start` with the flags that are always needed and some more; gives what would have been started. */
async function start(...flags: readonly string[]) {
  return startWith('--masks', '/masks', ...flags);
}

async function startWith(...flags: readonly string[]) {
  const requests: StartRequest[] = [];
  const terminal = fakeTerminal(
    {
      parseCategories: async () => [{ id: 1, name: 'tool' }],
      describeFolder: async (dir) => (dir === '/masks' ? MASKS : IMAGES),
      putArtifact: async () => STORED,
      connectionNames: () => names,
    },
    {
      start: async (request) => {
        requests.push(request);
        return { id: 'P/T', outcome: 'started' };
      },
    },
  );
  const words = ['start', '--project', 'P', '--task', 'T', '--categories', categoriesFile];
  const code = await runCli([...words, ...flags], terminal.context);
  return { code, request: requests[0], stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('start', () => {
  it('has defaults for all that may be left out', async () => {
    const { code, request, stdout, stderr } = await start('--model', 'segmentation');
    expect(request).toEqual({
      again: false,
      by: 'tester',
      input: {
        connection: 'default',
        project: 'P',
        task: 'T',
        masks: MASKS,
        images: null,
        categories: STORED,
        suffix: '',
        conversion: { rules: DEFAULT_RULES, shardSize: 500 },
        createProject: false,
        syncLabels: false,
        people: [],
        share: null,
        segmentSize: null,
        importScope: 'task',
        overwrite: false,
        completion: { rule: 'state', pollMs: 60_000 },
        seal: { quietMs: 60_000 },
        tellPeople: 'names',
        training: { model: 'segmentation', maxEpochs: null, heldOutFraction: 0.2 },
        timing: {
          heartbeatTimeoutMs: 30_000,
          unreachableAfterMs: 900_000,
          importStuckAfterMs: 1_800_000,
          stalledAfterMs: 1_800_000,
        },
      },
    });
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'P/T\n' });
    expect(stderr).toContain('maskloop watch P/T');
  });

  it('takes every flag', async () => {
    const flags = ['--images', '/images', '--suffix', '_x', '--unknown', 'skip', '--create-project'];
    flags.push('--segment-size', '50', '--complete-when', 'acceptance', '--poll', '5m', '--model', 'm');
    flags.push(
      '--quiet',
      '0s',
      '--people',
      'none',
      '--max-epochs',
      '7',
      '--held-out',
      '0',
      '--again',
      '--shard-size',
      '200',
    );
    const { request } = await start(...flags);
    expect(request).toMatchObject({
      again: true,
      input: {
        images: IMAGES,
        suffix: '_x',
        conversion: { rules: { unknown: 'skip' }, shardSize: 200 },
        createProject: true,
        segmentSize: 50,
        completion: { rule: 'acceptance', pollMs: 300_000 },
        seal: { quietMs: 0 },
        tellPeople: 'none',
        training: { model: 'm', maxEpochs: 7, heldOutFraction: 0 },
      },
    });
  });

  it('ends after the labels with --no-train', async () => {
    const { request } = await start('--no-train');
    expect(request?.input.training).toBeNull();
  });

  it.each([
    ['--overwrite', { overwrite: true, importScope: 'task' }],
    ['--only-new-jobs', { overwrite: false, importScope: 'new-jobs' }],
    ['--rebuild', { overwrite: false, importScope: 'rebuild' }],
  ])('takes %s as where pre-annotations go', async (flag, input) => {
    expect((await start('--no-train', flag)).request?.input).toMatchObject(input);
  });

  it('takes the task as it is with --as-is, and refuses what would put something into it', async () => {
    const { request } = await startWith('--as-is', '--no-train');
    expect(request?.input).toMatchObject({ masks: null, training: null });
    for (const flags of [
      ['--create-project'],
      ['--segment-size', '5'],
      ['--suffix', '_x'],
      ['--rebuild'],
      ['--review', 'rita'],
    ]) {
      const refused = await startWith('--as-is', '--no-train', ...flags);
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain(`${flags[0]} has no meaning with --as-is.`);
    }
    expect((await startWith('--no-train')).stderr).toContain('Pass --masks DIR, --predict');
  });

  it('only compares with the masks that are given beside --as-is', async () => {
    const { request } = await startWith('--as-is', '--no-train', '--masks', '/masks');
    expect(request?.input).toMatchObject({ masks: null, compareWith: { uri: 'file:///masks' } });
    expect((await startWith('--as-is', '--no-train')).request?.input).not.toHaveProperty('compareWith');
    expect((await start('--no-train')).request?.input).not.toHaveProperty('compareWith');
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { stdout, stderr } = await start('--no-train', '--json');
    expect(JSON.parse(stdout)).toEqual({ id: 'P/T', outcome: 'started' });
    expect(stderr).toBe('');
  });

  it.each([
    ['neither a model nor --no-train', []],
    ['a model that is not trained', ['--no-train', '--model', 'm']],
    ['epochs of no training', ['--no-train', '--max-epochs', '3']],
    ['a share held out of no training', ['--no-train', '--held-out', '0.2']],
    ['two ways of meeting what is there', ['--no-train', '--overwrite', '--rebuild']],
    ['an unknown rule', ['--no-train', '--complete-when', 'soon']],
    ['shards of no mask', ['--no-train', '--shard-size', '0']],
    ['a poll without a unit', ['--no-train', '--poll', '60']],
    ['a flag that does not exist', ['--no-train', '--bogus']],
    ['a stray word', ['--no-train', 'stray']],
    ['a name that cannot be part of an id', ['--no-train', '--project', ' ']],
  ])('refuses %s with exit code 2 and starts nothing', async (_, flags) => {
    const { code, request, stdout, stderr } = await start(...flags);
    expect({ code, request, stdout }).toEqual({ code: 2, request: undefined, stdout: '' });
    expect(stderr).toMatch(/^error (WrongUsage|InvalidName): /);
  });

  it('works with the connection that is named, and refuses one that this machine does not know', async () => {
    const { request } = await start('--no-train', '--connection', 'north');
    expect(request?.input.connection).toBe('north');
    const known = await start('--no-train', '--connection', 'south');
    expect(known.request?.input.connection).toBe('south');
    names = ['default', 'north'];
    const refused = await start('--no-train', '--connection', 'south');
    expect(refused.request).toBeUndefined();
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain(
      'error ConnectionUnknown: There is no connection named "south"; there are default, north.',
    );
  });
});

describe('start with people, labels and a share', () => {
  it('takes them as they are', async () => {
    const { request } = await start('--no-train', '--assign', 'anna, ben', '--sync-labels', '--share-files', 'ward/7');
    expect(request?.input).toMatchObject({ people: ['anna', 'ben'], syncLabels: true, share: { folder: 'ward/7' } });
  });

  it('stores a list of files of the share', async () => {
    const list = path.join(folder, 'frames.txt');
    await writeFile(list, 'a/1.png\n');
    const { request } = await start('--no-train', '--share-files', `@${list}`);
    expect(request?.input.share).toEqual({ list: STORED });
  });

  it.each([
    [['--assign', 'anna,anna'], 'anna is named twice'],
    [['--assign', 'anna,'], 'Write user names'],
    [['--images', '/images', '--share-files', 'x'], 'both say where the frames come from'],
  ])('refuses %j', async (flags, words) => {
    const { code, stderr, request } = await start('--no-train', ...flags);
    expect([code, request]).toEqual([2, undefined]);
    expect(stderr).toContain(words);
  });
});

describe('start with the categories of the project', () => {
  it('shows which value is which label, and starts with them', async () => {
    const requests: StartRequest[] = [];
    const categories = { uri: 'store:dd', sha256: 'dd', bytes: 9 };
    const terminal = fakeTerminal(
      { describeFolder: async () => MASKS },
      {
        projectCategories: async () => ({ categories, rows: [{ value: 1, name: 'liver' }], classes: 2 }),
        start: async (request) => {
          requests.push(request);
          return { id: 'P/T', outcome: 'started' };
        },
      },
    );
    const words = ['start', '--project', 'P', '--task', 'T', '--masks', '/masks', '--categories', 'cvat', '--no-train'];
    expect(await runCli(words, terminal.context)).toBe(0);
    expect(requests[0]?.input.categories).toEqual(categories);
    expect(terminal.stderr()).toContain(
      'values of the masks, as CVAT numbers the labels of "P":\nvalue  class\n1      liver\nand 1 more\n',
    );
  });
});
