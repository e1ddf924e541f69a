import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import { deadlineOf, parseCompleteWhen, parseDeadline, reviewOf } from '../../../src/cli/people-flags.ts';
import { dueLine, dueText } from '../../../src/cli/format/deadline.ts';
import { completionRows } from '../../../src/cli/format/completion.ts';
import { formatStatus } from '../../../src/cli/format/status.ts';
import type { Operations } from '../../../src/operations/operations.ts';
import { comparableInput } from '../../../src/contracts/comparable-input.ts';
import { differencesText } from '../../../src/operations/differences-text.ts';
import { iterationInput } from '../../kit/iteration-input.ts';
import { fakeTerminal, sampleView } from './fake-context.ts';

const NOW = new Date('2026-03-01T10:00:00.000Z');
const DAY = 86_400_000;

describe('the flags about people', () => {
  it.each([
    ['state', { rule: 'state' }],
    ['acceptance', { rule: 'acceptance' }],
    ['fraction=0.9', { rule: 'state', atLeast: 0.9 }],
    ['fraction=.5', { rule: 'state', atLeast: 0.5 }],
  ])('take %s as a rule', (text, rule) => expect(parseCompleteWhen(text)).toEqual(rule));

  it.each(['', 'done', 'fraction', 'fraction=0', 'fraction=1', 'fraction=90', 'fraction=-0.5', 'fraction=0.9x'])(
    'refuse "%s" as a rule',
    (text) => expect(() => parseCompleteWhen(text)).toThrow('fraction=0.9'),
  );

  it('take a deadline as a time or as one from the start on, and keep which of the two it was', () => {
    expect(deadlineOf({ deadline: parseDeadline('14d') }, NOW)).toEqual({
      at: '2026-03-15T10:00:00.000Z',
      afterMs: 14 * DAY,
      policy: 'attention',
    });
    expect(deadlineOf({ deadline: parseDeadline('2026-12-01T18:00Z'), atDeadline: 'carry' }, NOW)).toEqual({
      at: '2026-12-01T18:00:00.000Z',
      afterMs: null,
      policy: 'carry',
    });
    expect(parseDeadline('2026-12-01T18:00')).toEqual({ at: new Date(2026, 11, 1, 18).toISOString() });
    expect(deadlineOf({}, NOW)).toBeNull();
  });

  it('move a deadline by themselves: for how long, how often, to whom, and what happens then', () => {
    const deadline = parseDeadline('14d');
    expect(deadlineOf({ deadline, atDeadline: 'extend', extendBy: 3 * DAY }, NOW)).toMatchObject({
      policy: 'extend',
      more: { byMs: 3 * DAY, times: 1, people: [], last: 'attention' },
    });
    const to = { reassignTo: ['ana', 'ben'], extendTimes: 2, atLastDeadline: 'carry' } as const;
    expect(deadlineOf({ deadline, atDeadline: 'reassign', extendBy: DAY, ...to }, NOW)).toMatchObject({
      policy: 'reassign',
      more: { byMs: DAY, times: 2, people: ['ana', 'ben'], last: 'carry' },
    });
  });

  it.each([
    [{ atDeadline: 'extend' }, 'Pass --extend-by DURATION'],
    [{ atDeadline: 'extend', extendBy: 0 }, 'Pass --extend-by DURATION'],
    [{ atDeadline: 'extend', extendBy: 1, reassignTo: ['a'] }, '--reassign-to has no meaning without --at-deadline re'],
    [{ atDeadline: 'reassign', extendBy: 1 }, 'Pass --reassign-to ana,ben'],
    [{ atDeadline: 'carry', extendBy: 1 }, '--extend-by has no meaning without --at-deadline extend or reassign'],
    [{ extendTimes: 2 }, '--extend-times has no meaning'],
    [{ atLastDeadline: 'carry' }, '--at-last-deadline has no meaning'],
  ] as const)('refuse %j', (flags, words) => {
    expect(() => deadlineOf({ deadline: parseDeadline('1d'), ...flags }, NOW)).toThrow(words);
  });

  it.each(['tomorrow', '14', '2026-13-01', '2026-12-01 18:00', '12/01/2026'])('refuse "%s" as a deadline', (text) => {
    expect(() => parseDeadline(text)).toThrow(/a number and a unit|a time like|no such time/);
  });

  it('refuse what does not go together', () => {
    expect(() => deadlineOf({ deadline: parseDeadline('2026-02-01') }, NOW)).toThrow('not in the future');
    expect(() => deadlineOf({ atDeadline: 'carry' }, NOW)).toThrow('--deadline');
    expect(() => reviewOf({ reviewShare: 0.2 })).toThrow('--review-share has no meaning without --review');
    expect(() => reviewOf({ review: ['a'], reviewShare: 0.2, reviewMostChanged: 3 })).toThrow('not both');
    expect(reviewOf({ review: ['a', 'b'] })).toEqual({ reviewers: ['a', 'b'], pick: { kind: 'all' } });
    expect(reviewOf({ review: ['a'], reviewMostChanged: 3 })).toMatchObject({ pick: { kind: 'mostChanged', jobs: 3 } });
  });
});

describe('a second start of the same command', () => {
  const withDeadline = (at: string, afterMs: number | null) =>
    iterationInput({ completion: { rule: 'state', pollMs: 1000, deadline: { at, afterMs, policy: 'carry' } } });

  it('asks for the same deadline where it was given as a time from the start on', () => {
    const [first, second] = [
      withDeadline('2026-03-15T10:00:00.000Z', 14 * DAY),
      withDeadline('2026-03-15T11:00:00.000Z', 14 * DAY),
    ];
    expect(comparableInput(second)).toEqual(comparableInput(first));
    expect(comparableInput(withDeadline('2026-03-15T11:00:00.000Z', null))).not.toEqual(
      comparableInput(withDeadline('2026-03-15T10:00:00.000Z', null)),
    );
  });

  it('that differs is told the deadlines and reviewers of both', () => {
    const review = { reviewers: ['ana', 'ben'], pick: { kind: 'share', share: 0.2 } } as const;
    const text = differencesText(
      comparableInput(withDeadline('x', 14 * DAY)),
      comparableInput(iterationInput({ review })),
    );
    expect(text).toContain('--deadline (runs with 14d, then carry, asked none)');
    expect(text).toContain('--review (runs with none, asked ana,ben, share 0.2)');
  });
});

describe('the deadline in status and watch', () => {
  const deadline = { at: '2026-03-04T12:00:00.000Z', policy: 'attention' } as const;

  it('says how long people still have, or since when it is overdue', () => {
    expect(dueText(deadline, NOW)).toBe('due 2026-03-04 12:00 UTC, in 3 d 2 h; then somebody decides');
    expect(dueText(deadline, new Date('2026-03-06T13:00:00Z'))).toBe('overdue since 2026-03-04 12:00 UTC (2 d 1 h)');
    expect(dueLine(deadline, NOW)).toBe('due 2026-03-04 12:00 UTC; then somebody decides');
    expect(dueLine(deadline, new Date('2026-03-06T13:00:00Z'))).toBe('overdue since 2026-03-04 12:00 UTC');
  });

  it('stands in the status of a running iteration, with the commands to type when it has passed', () => {
    const view = sampleView();
    if (view.status === null) throw new Error('the sample has a status');
    const trouble = { code: 'DeadlinePassed', message: 'm', action: 'a', facts: {}, since: NOW.toISOString() } as const;
    const status = { ...view.status, deadline, trouble, choices: ['retry', 'extend', 'approve', 'cancel'] } as const;
    const text = formatStatus({ ...view, status }, NOW);
    expect(text).toMatch(/deadline +due 2026-03-04 12:00 UTC, in 3 d 2 h/);
    expect(text).toContain(`  maskloop extend ${view.id} --by 2d\n  maskloop approve ${view.id}\n`);
  });

  it('leaves its trace in the receipt', () => {
    const rows = completionRows({
      jobs: 5,
      completedAt: NOW.toISOString(),
      why: 'deadline',
      unfinished: [[3, 4]],
      unfinishedFrames: {
        total: 25,
        first: [
          [4, 7],
          [9, 9],
        ],
      },
      carried: true,
      notes: ['1 frame is deleted'],
    });
    expect(rows).toEqual([
      ['jobs completed', '3 of 5; the deadline had passed'],
      ['unfinished jobs', '3-4'],
      ['frames without label', '4-7, 9 and 20 more'],
      ['carried', 'frames in no completed job'],
      ['note', '1 frame is deleted'],
    ]);
    expect(completionRows({ jobs: 5, completedAt: NOW.toISOString() })).toEqual([['jobs completed', '5']]);
  });
});

describe('a deadline that moves by itself', () => {
  const more = { byMs: 3 * DAY, times: 2, people: ['ana', 'ben'], last: 'carry', left: 2 } as const;
  const at = '2026-03-04T12:00:00.000Z';
  const passed = [
    { at: '2026-03-01T09:00:00.000Z', until: at, shared: { jobs: 3, frames: 12, others: 1 } },
    { at: '2026-02-26T09:00:00.000Z', until: '2026-03-01T09:00:00.000Z' },
  ];

  it('says what happens then, and how often still', () => {
    expect(dueLine({ at, policy: 'reassign', more }, NOW)).toBe(
      'due 2026-03-04 12:00 UTC; then open jobs go to ana, ben, and people get 3 d more, 2 times in all',
    );
    const last = { ...more, people: [], left: 1 };
    expect(dueLine({ at, policy: 'extend', more: last }, NOW)).toMatch(/; then people get 3 d more, the last time$/);
    expect(dueLine({ at, policy: 'carry' }, NOW)).toMatch(/carries the other frames$/);
  });

  it('leaves what happened at each in status and receipt', () => {
    const view = sampleView();
    if (view.status === null) throw new Error('the sample has a status');
    const text = formatStatus({ ...view, status: { ...view.status, deadline: { at, policy: 'carry', passed } } }, NOW);
    const given = '3 open jobs (12 frames) with those who were named, 1 open job of others';
    expect(text).toContain(`passed 2026-03-01 09:00 UTC: ${given}, new deadline 2026-03-04 12:00 UTC`);
    expect(text).toContain('passed 2026-02-26 09:00 UTC: new deadline 2026-03-01 09:00 UTC');
    expect(completionRows({ jobs: 5, completedAt: at, deadlines: passed }).slice(1)).toMatchObject([
      ['deadline', expect.stringContaining('new deadline')],
      ['jobs completed', '5'],
    ]);
  });

  it('differs from another one in words', () => {
    const given = { policy: 'reassign', more: { byMs: DAY, times: 2, people: ['ana'], last: 'carry' } } as const;
    const deadline = { at, afterMs: 14 * DAY, ...given };
    const input = iterationInput({ completion: { rule: 'state', pollMs: 1000, deadline } });
    expect(differencesText(comparableInput(input), comparableInput(iterationInput()))).toContain(
      '--deadline (runs with 14d, then reassign by 1d, 2 times, to ana; then carry, asked none)',
    );
  });
});

describe('the commands about people', () => {
  async function run(words: readonly string[], operations: Partial<Operations>) {
    const terminal = fakeTerminal({}, { resolve: async () => 'P/T', ...operations });
    const code = await runCli(words, terminal.context);
    return { code, stdout: terminal.stdout(), stderr: terminal.stderr() };
  }

  it('extend sends a time or a duration and says the new deadline', async () => {
    const asked: unknown[] = [];
    const extend = async (request: unknown) => {
      asked.push(request);
      return { deadline: '2026-03-17T10:00:00.000Z' };
    };
    expect(await run(['extend', 'P/T', '--by', '2d'], { extend })).toMatchObject({
      code: 0,
      stderr: 'P/T is due 2026-03-17 10:00 UTC\n',
    });
    await run(['extend', '--until', '2026-03-17T10:00Z'], { extend });
    expect(asked).toEqual([
      { id: 'P/T', sender: { by: 'tester' }, until: null, byMs: 2 * DAY },
      { id: 'P/T', sender: { by: 'tester' }, until: '2026-03-17T10:00:00.000Z', byMs: null },
    ]);
    expect(await run(['extend', 'P/T'], {})).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--until TIME or --by'),
    });
    expect(await run(['extend', '--by', '2d', '--until', '3d'], {})).toMatchObject({ code: 2 });
  });

  it('reassign names both people, and says which jobs moved', async () => {
    const reassign = async () => ({ jobs: [4, 5] });
    expect(await run(['reassign', 'P/T', '--from', 'ana', '--to', 'ben'], { reassign })).toMatchObject({
      code: 0,
      stderr: 'ben has jobs 4, 5 of ana now\n',
    });
    const told = await run(['reassign', '--from', 'ana', '--to', 'ben', '--json'], { reassign });
    expect(JSON.parse(told.stdout)).toEqual({ id: 'P/T', what: 'reassign', from: 'ana', to: 'ben', jobs: [4, 5] });
    expect(await run(['reassign', '--from', 'ana', '--to', 'ana'], {})).toMatchObject({ code: 2 });
  });

  it('approve says whether open frames are carried', async () => {
    const asked: unknown[] = [];
    const approve = async (request: unknown) => void asked.push(request);
    expect(await run(['approve', 'P/T', '--carry'], { approve })).toMatchObject({ code: 0, stderr: 'P/T goes on\n' });
    await run(['approve'], { approve });
    expect(asked).toMatchObject([{ carry: true }, { carry: false, sender: { by: 'tester' } }]);
  });
});
