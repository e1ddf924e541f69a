import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { RestoreInput, RestoreResult } from '../../../src/contracts/restore.ts';
import type { Operations } from '../../../src/operations/operations.ts';
import { fakeTerminal } from './fake-context.ts';

const BEFORE = {
  name: 'backups/P/T/2',
  number: 2,
  manifest: { uri: 'store:aa', sha256: 'aa', bytes: 1 },
  takenAt: '2026-03-01T10:00:00.000Z',
  jobs: 3,
  shapes: 10,
  tracks: 0,
  tags: 0,
};

const RESULT: RestoreResult = {
  id: 'P/T',
  backup: 1,
  takenAt: '2026-02-27T08:00:00.000Z',
  url: 'http://cvat.test/tasks/7',
  before: BEFORE,
  written: 2,
  unchanged: 1,
  shapes: 12,
};

async function restore(words: readonly string[], changes: Partial<Operations> = {}) {
  const asked: RestoreInput[] = [];
  const operations: Partial<Operations> = {
    resolve: async (given) => given ?? 'P/T',
    restore: async (input) => {
      asked.push(input);
      return RESULT;
    },
    ...changes,
  };
  const terminal = fakeTerminal({}, operations);
  const code = await runCli(['restore', ...words], terminal.context);
  return { code, asked: asked[0], stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('restore', () => {
  it('asks for the newest backup without leave to overwrite, and says how to undo it', async () => {
    const { code, asked, stdout, stderr } = await restore([]);
    expect(asked).toEqual({ id: 'P/T', number: null, overwrite: false, by: 'tester' });
    expect(code).toBe(0);
    expect(stdout).toBe(
      'P/T: backup 1 of 2026-02-27 08:00 UTC is back, 12 shapes\n2 jobs written, 1 job held the same already\ntask in CVAT: http://cvat.test/tasks/7\n',
    );
    expect(stderr).toBe('what was there before is backup 2; put it back with: maskloop restore P/T --backup 2\n');
  });

  it('names both backups where it took more than one try', async () => {
    const again = { ...BEFORE, number: 3 };
    const { stderr } = await restore([], { restore: async () => ({ ...RESULT, again }) });
    expect(stderr).toBe(
      'what was there before is backup 2; put it back with: maskloop restore P/T --backup 2\nit took more than one try; what the last one found is backup 3\n',
    );
  });

  it('takes a number and leave to overwrite', async () => {
    const { asked } = await restore(['P/T', '--backup', '3', '--overwrite']);
    expect(asked).toMatchObject({ number: 3, overwrite: true });
  });

  it('takes an id that nothing else knows any more as it is given', async () => {
    const resolve = async (): Promise<string> => {
      throw new MaskloopError('IterationNotFound', 'No iteration matches Old/Task.');
    };
    expect((await restore(['Old/Task'], { resolve })).asked?.id).toBe('Old/Task');
    expect((await restore([], { resolve })).code).toBe(2);
  });

  it('prints one JSON document and nothing else with --json', async () => {
    const { stdout, stderr } = await restore(['--json']);
    expect(JSON.parse(stdout)).toEqual(RESULT);
    expect(stderr).toBe('');
  });

  it('ends with 1 and what to do where people have worked since', async () => {
    const refused = async (): Promise<RestoreResult> => {
      throw new MaskloopError('RestoreRefused', 'Task 7 was worked on since the import.');
    };
    const { code, stderr } = await restore([], { restore: refused });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^error RestoreRefused: .*\nwhat to do: .*--overwrite/);
  });

  it.each([['0'], ['x'], ['1.5']])('refuses the number %s', async (number) => {
    expect((await restore(['--backup', number])).code).toBe(2);
  });
});
