import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Level } from '../../../src/contracts/doctor.ts';
import type { Part } from '../../../src/inspection/inspect.ts';
import type { Pollers } from '../../../src/operations/pollers.ts';
import { fakeTerminal, sampleView } from './fake-context.ts';

function part(title: string, level: Level, action: string | null = null, delayMs = 0): Part {
  const groups = [{ title, findings: [{ level, message: `${title} seen`, action }] }];
  return { name: title, groups: new Promise((resolve) => setTimeout(() => resolve(groups), delayMs)) };
}

async function doctor(parts: readonly Part[], words: readonly string[] = [], colours = false) {
  const asked: unknown[] = [];
  const terminal = fakeTerminal({
    inspect: async (request) => {
      asked.push(request);
      return parts;
    },
  });
  const stdout = { ...terminal.context.stdout, colours };
  const code = await runCli(['doctor', ...words], { ...terminal.context, stdout });
  return { code, asked, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

describe('doctor', () => {
  it('prints groups in their order, says what to do, and ends with 1 for a problem', async () => {
    const result = await doctor([part('Slow', 'warning', 'Wait.', 30), part('Fast', 'problem', 'Mend it.')]);
    expect(result.code).toBe(1);
    expect(result.stdout).toBe(
      'Slow\n  warning  Slow seen\n           what to do: Wait.\n\n' +
        'Fast\n  problem  Fast seen\n           what to do: Mend it.\n\n' +
        '1 problem, 1 warning\n',
    );
  });

  it('ends with 0 for warnings alone, and where all is well', async () => {
    expect((await doctor([part('A', 'warning', 'x')])).code).toBe(0);
    const well = await doctor([part('A', 'ok')]);
    expect(well).toMatchObject({ code: 0, stdout: 'A\n  ok       A seen\n\nEverything is in order.\n' });
    const untold = await doctor([part('A', 'unknown')]);
    expect(untold).toMatchObject({ code: 0, stdout: 'A\n  unknown  A seen\n\nEverything is in order.\n' });
  });

  it('tells a server that looks the same from both sides once, in text but not in JSON', async () => {
    const findings = [{ level: 'ok' as const, message: 'CVAT 2.73.0', action: null }];
    const groups = ['CVAT default, from the worker', 'CVAT default, from here', 'CVAT north, from here'].map(
      (title) => ({
        title,
        findings,
      }),
    );
    const parts = [{ name: 'all', groups: Promise.resolve(groups) }];
    const text = (await doctor(parts)).stdout;
    expect(text.match(/CVAT 2\.73\.0/g)).toHaveLength(2);
    expect(text).toContain('CVAT default, from here\n  ok       the same as CVAT default, from the worker\n');
    expect(JSON.parse((await doctor(parts, ['--json'])).stdout)).toEqual({ problems: 0, warnings: 0, groups });
  });

  it('asks for what the flags name', async () => {
    const named = await doctor([], ['--fix', '--connection', 'north', '--project', 'P']);
    expect(named.asked).toEqual([{ fix: true, connections: ['north'], project: 'P' }]);
    expect((await doctor([])).asked).toEqual([{ fix: false, connections: null, project: null }]);
  });

  it('is coloured on a terminal only', async () => {
    const escape = String.fromCodePoint(27);
    expect((await doctor([part('A', 'problem', 'x')], [], true)).stdout).toContain(`${escape}[31mproblem`);
    expect((await doctor([part('A', 'problem', 'x')])).stdout).not.toContain(escape);
  });
});

describe('the word that no worker runs', () => {
  const nobody: Pollers = { workflow: [], activity: [], lastSeen: null, backlog: null };
  const silent = sampleView({ status: null, workerAnswers: false });
  const row = {
    id: 'P/T',
    state: 'running',
    project: 'P',
    task: 'T',
    connection: 'default',
    step: 'wait',
    waitingFor: 'people',
    since: '2026-03-01T08:00:00.000Z',
    startedAt: '2026-03-01T08:00:00.000Z',
  } as const;

  it.each([
    ['list', nobody, true],
    ['list', { ...nobody, workflow: ['1@host'] }, false],
    ['status', nobody, true],
    ['status', { ...nobody, workflow: ['1@host'] }, false],
  ] as const)('is said by %s where it is so', async (command, pollers, isSaid) => {
    const terminal = fakeTerminal(
      {},
      {
        list: async () => [row],
        resolve: async () => 'P/T',
        describe: async () => silent,
        pollers: async () => pollers,
      },
    );
    expect(await runCli([command], terminal.context)).toBe(0);
    expect(terminal.stderr().includes('No worker is running: nothing moves.')).toBe(isSaid);
  });

  it('is not asked for where nothing runs, or a worker has answered', async () => {
    const done = { ...row, state: 'done' as const };
    const terminal = fakeTerminal(
      {},
      { list: async () => [done], resolve: async () => 'P/T', describe: async () => sampleView() },
    );
    expect(await runCli(['list'], terminal.context)).toBe(0);
    expect(await runCli(['status'], terminal.context)).toBe(0);
    expect(terminal.stderr()).toBe('');
  });
});
