import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import { formatLoop, formatLoops } from '../../../src/cli/format/loop.ts';
import type { LoopStatus } from '../../../src/contracts/loop.ts';
import type { LoopView } from '../../../src/operations/loops/describe-loop.ts';
import type { LoopRow } from '../../../src/operations/loops/find-loops.ts';
import type { LoopOperations } from '../../../src/operations/loops/loop-operations.ts';
import { resolveLoop } from '../../../src/operations/loops/resolve-loop.ts';
import { openLoop, setPaused, stopBy } from '../../../src/workflows/loop/loop-state.ts';
import { ARTIFACT } from '../../kit/fake-refs.ts';
import { fakeTerminal } from './fake-context.ts';

const AT = '2026-03-01T08:00:00.000Z';
const NOW = new Date('2026-03-01T10:00:00.000Z');
const INES = { by: 'ines', at: AT };

const row = (id: string, changes: Partial<LoopRow> = {}): LoopRow => {
  const [project = '', name = ''] = id.replace('~loop/', '').split('/');
  const known = { phase: null, waitingFor: null, since: null, number: 3 };
  return { id, project, name, connection: 'default', state: 'known', ...known, ...changes };
};

const statusOf = (changes: Partial<LoopStatus> = {}): LoopStatus => ({
  ...openLoop(ARTIFACT, AT),
  id: '~loop/SurgVU/vessels',
  name: 'vessels',
  project: 'SurgVU',
  connection: 'default',
  choices: [],
  number: 4,
  ...changes,
});

const viewOf = (status: LoopStatus | null, changes: Partial<LoopView> = {}): LoopView => ({
  id: '~loop/SurgVU/vessels',
  name: 'vessels',
  project: 'SurgVU',
  connection: 'default',
  state: 'running',
  workerAnswers: status !== null,
  status,
  iteration: null,
  activities: [],
  chosen: [1, 2, 10],
  ...changes,
});

function terminal(loops: Partial<LoopOperations>) {
  const all = { resolve: async () => row('~loop/SurgVU/vessels'), ...loops };
  return fakeTerminal({}, { loops: all as LoopOperations });
}

describe('which loop is meant', () => {
  const rows = [row('~loop/A/vessels'), row('~loop/B/vessels', { state: 'running' }), row('~loop/B/polyps')];

  it('is told by its id, by project and name, by its name, or by the beginning of one of them', () => {
    for (const given of ['~loop/B/polyps', 'B/polyps', 'polyps', 'pol', 'B/p']) {
      expect(resolveLoop(given, rows).id).toBe('~loop/B/polyps');
    }
    expect(resolveLoop('A', rows).id).toBe('~loop/A/vessels');
    expect(resolveLoop(undefined, rows).id).toBe('~loop/B/vessels');
    expect(() => resolveLoop('vessels', rows)).toThrow('Several loops may be meant:\n  A/vessels\n  B/vessels');
    expect(() => resolveLoop('x', rows)).toThrow('No loop matches x.');
    expect(() => resolveLoop(undefined, [])).toThrow('There is no loop.');
  });
});

describe('what is shown of a loop', () => {
  it('is what it does, since when, and the commands that answer it', () => {
    const trouble = {
      code: 'IterationCancelled',
      message: 'It was cancelled.',
      action: 'Answer.',
      facts: {},
      since: AT,
    } as const;
    const text = formatLoop(viewOf(statusOf({ phase: 'asking', trouble, choices: ['retry', 'skip', 'stop'] })), NOW);
    expect(text).toContain('waits for an answer');
    expect(text).toContain('2026-03-01 08:00 UTC (2 h)');
    expect(text).toContain('chosen for  3 iterations, up to number 10');
    expect(text).toContain('IterationCancelled: It was cancelled.\nwhat to do: Answer.');
    expect(text).toContain("  maskloop loop answer SurgVU/vessels 'skip'");
  });

  it('is its pause, its end, and who did what', () => {
    const { paused, events, end } = stopBy(setPaused(openLoop(ARTIFACT, AT), true, INES), INES, 'enough');
    const text = formatLoop(viewOf(statusOf({ paused, events, end })), NOW);
    expect(text).toMatch(/paused +no iteration begins before `loop resume`/);
    expect(text).toMatch(/ends +after the iteration that runs; stopped by ines: enough/);
    expect(text).toMatch(/08:00 UTC +pause +ines/);
  });

  it('says what to do where no worker answers, and where Temporal has lost it', () => {
    expect(formatLoop(viewOf(null), NOW)).toContain('no worker answers');
    const lost = formatLoop(viewOf(null, { state: 'lost', workerAnswers: true }), NOW);
    expect(lost).toContain('go on from what the store has: maskloop loop start');
    expect(lost).not.toContain('no worker');
  });

  it('is a line in the list, in order', () => {
    const rows = [
      row('~loop/A/x', { state: 'running', phase: 'resting', waitingFor: 'resume', since: AT }),
      row('~loop/B/y', { number: null }),
    ];
    expect(
      formatLoops(rows, NOW)
        .split('\n')
        .map((line) => line.replace(/ {2,}/g, ' | ')),
    ).toEqual(['LOOP | PHASE | NUMBER | FOR', 'A/x | paused; rests | 3 | 2 h', 'B/y | does not run | - | -', '']);
  });
});

describe('the commands of loops', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'maskloop-cli-loop-'));
  });
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('end with 3 while a loop asks, and with 0 while it does not', async () => {
    for (const [phase, code] of [
      ['asking', 3],
      ['iterating', 0],
    ] as const) {
      const { context } = terminal({ describe: async () => viewOf(statusOf({ phase })) });
      expect(await runCli(['loop', 'status'], context)).toBe(code);
    }
  });

  it('send what was typed, in the name of who typed it', async () => {
    const sent: unknown[] = [];
    const record = (what: string) => async (id: string, request: object) => void sent.push([what, id, request]);
    const loops = { pause: record('pause'), resume: record('resume'), stop: record('stop'), answer: record('answer') };
    for (const words of [
      ['pause'],
      ['resume', 'vessels'],
      ['stop', '--note', 'enough'],
      ['answer', 'vessels', 'go on'],
    ]) {
      const { context, stderr } = terminal(loops);
      expect(await runCli(['loop', ...words], context)).toBe(0);
      expect(stderr()).toMatch(/^SurgVU\/vessels /);
    }
    const id = '~loop/SurgVU/vessels';
    expect(sent).toEqual([
      ['pause', id, { by: 'tester' }],
      ['resume', id, { by: 'tester' }],
      ['stop', id, { by: 'tester', note: 'enough' }],
      ['answer', id, { by: 'tester', answer: 'go on' }],
    ]);
    const { context, stderr } = terminal(loops);
    expect(await runCli(['loop', 'answer', 'vessels', 'maybe'], context)).toBe(2);
    expect(stderr()).toContain('go on');
  });

  it('ask for an iteration, and say what comes of it', async () => {
    const begin = async (_id: string, { overlap }: { overlap: string }) =>
      overlap === 'skip'
        ? ({ outcome: 'skipped', why: 'SurgVU/Iteration_3 runs' } as const)
        : ({ outcome: 'waits', why: 'SurgVU/Iteration_3 runs' } as const);
    for (const [flags, words] of [
      [[], 'begins none: SurgVU/Iteration_3 runs'],
      [['--buffer'], 'will begin one: SurgVU/Iteration_3 runs'],
    ] as const) {
      const { context, stderr } = terminal({ begin });
      expect(await runCli(['loop', 'begin', ...flags], context)).toBe(0);
      expect(stderr()).toBe(`SurgVU/vessels ${words}\n`);
    }
  });

  it('start and edit by the file alone, and refuse one that is wrong before Temporal is asked', async () => {
    const config = path.join(folder, 'maskloop.yaml');
    await writeFile(config, 'name: vessels\nbatch: 3\n');
    for (const verb of ['start', 'edit']) {
      const { context, stderr } = terminal({});
      expect(await runCli(['loop', verb, '--config', config], context)).toBe(2);
      expect(stderr()).toContain('InvalidLoopFile');
    }
  });
});
