import type { Command } from 'commander';
import { describe, expect, it } from '@jest/globals';
import { createProgram } from '../../../src/cli/program.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { CliContext } from '../../../src/cli/context.ts';
import { MaskloopError } from '../../../src/contracts/error.ts';
import type { Operations } from '../../../src/operations/operations.ts';
import { sampleReceipt } from '../operations/sample-receipt.ts';
import { fakeTerminal, sampleView, troubledView } from './fake-context.ts';

async function run(words: readonly string[], operations: Partial<Operations> = {}, changes: Partial<CliContext> = {}) {
  const terminal = fakeTerminal(changes, operations);
  const code = await runCli(words, terminal.context);
  return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
}

const resolve: Operations['resolve'] = async (given) => given ?? 'P/T';

/** A command, or the commands of a group, with the words that call each. */
function leavesOf(command: Command, before = ''): readonly { readonly command: Command; readonly name: string }[] {
  const name = `${before}${command.name()}`;
  return command.commands.length === 0
    ? [{ command, name }]
    : command.commands.flatMap((child) => leavesOf(child, `${name} `));
}

describe('the program', () => {
  it('has --json and an example on every command', () => {
    const program = createProgram(fakeTerminal().context, () => undefined);
    expect(program.commands.length).toBeGreaterThanOrEqual(14);
    for (const { command, name } of program.commands.flatMap((each) => leavesOf(each))) {
      let help = '';
      command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp();
      expect(help).toMatch(/--json/);
      expect(help).toContain(`$ maskloop ${name}`);
    }
  });

  it.each([
    ['help', ['--help'], 0, 'stdout'],
    ['help of a command', ['watch', '--help'], 0, 'stdout'],
    ['the version', ['--version'], 0, 'stdout'],
    ['nothing', [], 2, 'stderr'],
    ['an unknown command', ['strat'], 2, 'stderr'],
    ['a missing argument', ['convert'], 2, 'stderr'],
  ] as const)('answers %s on the right stream with the right code', async (_, words, code, stream) => {
    const result = await run(words);
    expect(result.code).toBe(code);
    expect(result[stream]).not.toBe('');
    expect(result[stream === 'stdout' ? 'stderr' : 'stdout']).toBe('');
  });

  it.each([
    ['TemporalUnreachable', 1],
    ['IterationAmbiguous', 2],
    ['InvalidConfiguration', 2],
    ['ArtifactCorrupt', 1],
  ] as const)('ends with %s as exit code %d', async (code, exit) => {
    const list = async () => Promise.reject(new MaskloopError(code, 'so it is'));
    const result = await run(['list'], { list });
    expect(result).toMatchObject({ code: exit, stdout: '' });
    expect(result.stderr).toMatch(new RegExp(`^error ${code}: so it is\nwhat to do: `));
    const json = await run(['list', '--json'], { list });
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code, message: 'so it is' } });
    expect(json.stdout).toBe('');
  });

  it.each([
    ['an unknown command', ['strat'], 'maskloop'],
    ['an unknown flag', ['--bogus'], 'maskloop'],
    ['a missing argument', ['convert'], 'maskloop convert'],
    ['an argument that cannot be read', ['up', '--port', 'x'], 'maskloop up'],
    [
      'flags that do not go together',
      'start --project P --task T --masks m --categories c'.split(' '),
      'maskloop start',
    ],
  ] as const)('says where to look after %s', async (_, words, command) => {
    const { code, stderr } = await run(words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error WrongUsage: [^]*\n$/);
    expect(stderr.split('\n').at(-2)).toBe(`what to do: See ${command} --help.`);
    expect(stderr.match(/WrongUsage|what to do/g)).toHaveLength(2);
    const json = await run([...words, '--json']);
    expect(JSON.parse(json.stderr)).toMatchObject({ error: { code: 'WrongUsage', action: `See ${command} --help.` } });
  });

  it('disconnects after a command and after a failed one', async () => {
    let closed = 0;
    const close = async () => void (closed += 1);
    const connect = (list: Operations['list']): CliContext['connect'] => {
      return async () => ({ operations: { list } as Operations, close });
    };
    await run(['list'], {}, { connect: connect(async () => []) });
    await run(['list'], {}, { connect: connect(async () => Promise.reject(new Error('x'))) });
    expect(closed).toBe(2);
  });
});

describe('status', () => {
  it('ends with 0 while people work and with 3 when a decision is needed', async () => {
    expect((await run(['status'], { resolve, describe: async () => sampleView() })).code).toBe(0);
    const attention = await run(['status', 'P/T'], { resolve, describe: async () => troubledView() });
    expect(attention.code).toBe(3);
    expect(attention.stdout).toContain('maskloop skip');
  });

  it('knows of the decision by the index when no worker answers', async () => {
    const view = sampleView({
      status: null,
      workerAnswers: false,
      index: { project: 'P', task: 'T', step: 'upload', waitingFor: 'decision', since: null },
    });
    const pollers = async () => ({ workflow: [], activity: [], lastSeen: null, backlog: null });
    expect((await run(['status'], { resolve, describe: async () => view, pollers })).code).toBe(3);
  });

  it.each(['cancelled', 'failed', 'terminated'] as const)(
    'ends with 1 when the run was %s, as watch does',
    async (state) => {
      const view = { ...troubledView(), state };
      expect((await run(['status'], { resolve, describe: async () => view })).code).toBe(1);
      expect((await run(['watch'], { resolve, describe: async () => view })).code).toBe(1);
    },
  );

  it('prints everything with --json', async () => {
    const { stdout } = await run(['status', '--json'], { resolve, describe: async () => sampleView() });
    expect(JSON.parse(stdout)).toEqual(sampleView());
  });
});

describe('steering', () => {
  it.each(['pause', 'resume', 'cancel', 'retry', 'skip'] as const)(
    '%s is sent once, in the name of the user',
    async (what) => {
      const sent: unknown[] = [];
      const steer: Operations['steer'] = async (request) => void sent.push(request);
      const result = await run([what, 'P/T'], { resolve, steer, describe: async () => sampleView() });
      expect(sent).toEqual([{ id: 'P/T', what, sender: { by: 'tester' } }]);
      expect(result).toMatchObject({ code: 0, stdout: '' });
      expect(result.stderr).toMatch(/^P\/T /);
    },
  );
});

describe('watch', () => {
  it('prints the id first where it was not given as it is', async () => {
    const look = async () => ({ ...sampleView(), state: 'cancelled' as const });
    const operations = { resolve: async () => 'SurgVU/Iteration_1', describe: look };
    for (const words of [['watch'], ['watch', 'Surg']]) {
      expect((await run(words, operations)).stdout).toMatch(/^SurgVU\/Iteration_1\n/);
    }
    expect((await run(['watch', 'SurgVU/Iteration_1'], operations)).stdout).not.toContain('SurgVU/Iteration_1\n');
    expect(JSON.parse((await run(['watch', '--json'], operations)).stdout)).toMatchObject({ state: 'cancelled' });
  });
});

describe('resume', () => {
  const steer: Operations['steer'] = async () => undefined;

  it('says that an iteration was not paused', async () => {
    const operations = { resolve, steer, describe: async () => sampleView() };
    expect((await run(['resume', 'P/T'], operations)).stderr).toBe('P/T was not paused\n');
    expect(JSON.parse((await run(['resume', 'P/T', '--json'], operations)).stdout)).toMatchObject({ wasPaused: false });
  });

  it('goes on where it was paused, and where nobody can tell', async () => {
    const { status } = sampleView();
    const paused = sampleView({ status: status === null ? null : { ...status, paused: true } });
    const unknown = async () => Promise.reject(new MaskloopError('TemporalUnreachable', 'away'));
    for (const look of [async () => paused, async () => sampleView({ status: null }), unknown]) {
      expect((await run(['resume', 'P/T'], { resolve, steer, describe: look })).stderr).toBe('P/T goes on\n');
    }
  });
});

describe('receipt', () => {
  it('prints a page, or the document with --json', async () => {
    const operations = { resolve, receipt: async () => sampleReceipt() };
    expect((await run(['receipt'], operations)).stdout).toContain('held-out Dice');
    expect(JSON.parse((await run(['receipt', '--json'], operations)).stdout)).toEqual(sampleReceipt());
  });
});
