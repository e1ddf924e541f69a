import { describe, expect, it } from '@jest/globals';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { ScheduleRequest } from '../../../src/operations/schedules/create-schedule.ts';
import type { ScheduleView } from '../../../src/operations/schedules/read-schedules.ts';
import type { ScheduleOperations } from '../../../src/operations/schedules/schedule-operations.ts';
import { fakeTerminal } from './fake-context.ts';

const LOOP = { connection: 'default', project: 'SurgVU', name: 'tools' };
const VIEW: ScheduleView = {
  terms: {
    loop: LOOP,
    times: {
      everyMs: null,
      offsetMs: 0,
      cron: ['0 8 * * MON-FRI'],
      timeZone: 'Europe/Berlin',
      jitterMs: 600_000,
      catchUpMs: 3_600_000,
    },
    overlap: 'skip',
    by: 'ines',
  },
  paused: false,
  note: '',
  next: ['2026-03-02T07:00:00.000Z'],
  runs: [{ at: '2026-02-27T07:04:00.000Z', outcome: 'skipped', why: 'SurgVU/Iteration_4 runs' }],
  missed: 0,
};

async function cli(words: readonly string[], schedules: Partial<ScheduleOperations>) {
  const loops = { resolve: async () => ({ ...LOOP, id: '~loop/SurgVU/tools', state: 'running' }) };
  const terminal = fakeTerminal({}, { schedules: schedules as ScheduleOperations, loops: loops as never });
  const code = await runCli(['schedule', ...words], terminal.context);
  return { code, out: terminal.stdout(), err: terminal.stderr() };
}

describe('schedule create', () => {
  it('hands over what was asked for, and says when it will ask', async () => {
    const asked: ScheduleRequest[] = [];
    const create = async (request: ScheduleRequest): Promise<void> => void asked.push(request);
    const flags = [
      '--cron',
      '0 8 * * MON-FRI',
      '--cron',
      '@monthly',
      '--time-zone',
      'Europe/Berlin',
      '--jitter',
      '10m',
    ];
    const more = ['--overlap', 'buffer', '--catch-up', '2h', '--every', '7d', '--offset', '6h'];
    const done = await cli(['create', 'tools', '--project', 'SurgVU', ...flags, ...more], {
      create,
      describe: async () => VIEW,
    });
    expect(done).toMatchObject({ code: 0 });
    expect(asked).toMatchObject([
      {
        loop: LOOP,
        overlap: 'buffer',
        paused: false,
        times: {
          everyMs: 7 * 86_400_000,
          offsetMs: 6 * 3_600_000,
          cron: ['0 8 * * MON-FRI', '@monthly'],
          timeZone: 'Europe/Berlin',
          jitterMs: 600_000,
          catchUpMs: 7_200_000,
        },
      },
    ]);
    expect(done.out).toBe(
      'tools: every 7 d and 6 h, and at "0 8 * * MON-FRI" and "@monthly" (Europe/Berlin), up to 10 min later\n',
    );
  });

  it('refuses a time zone that there is not', async () => {
    const zone = await cli(['create', 'tools', '--project', 'SurgVU', '--time-zone', 'Europe/Atlantis'], {});
    expect(zone.code).toBe(2);
    expect(zone.err).toContain('There is no time zone Europe/Atlantis');
  });
});

describe('schedule describe and schedule list', () => {
  it('say why a time was skipped', async () => {
    const { out } = await cli(['describe', 'tools', '--project', 'SurgVU'], { describe: async () => VIEW });
    expect(out).toBe(
      [
        'tools of SurgVU: at "0 8 * * MON-FRI" (Europe/Berlin), up to 10 min later',
        'while an iteration runs: it is skipped',
        'next: 2026-03-02 07:00 UTC',
        '',
        'ASKED                 OUTCOME  WHY',
        '2026-02-27 07:04 UTC  skipped  SurgVU/Iteration_4 runs',
        '',
      ].join('\n'),
    );
  });

  it('show what is paused and why', async () => {
    const { out } = await cli(['list'], { list: async () => [{ ...VIEW, paused: true, note: 'holidays' }] });
    expect(out).toContain('paused');
    expect(out).toContain('holidays');
    expect((await cli(['list'], { list: async () => [] })).err).toContain('There is no schedule');
  });
});

describe('steering a schedule', () => {
  it('notes who paused it', async () => {
    const steered: unknown[] = [];
    const steer: ScheduleOperations['steer'] = async (loop, steering) => void steered.push([loop, steering]);
    await cli(['pause', 'tools', '--project', 'SurgVU', '--note', 'holidays'], { steer });
    await cli(['trigger', 'tools'], { steer });
    const span = ['--from', '2026-03-01T00:00Z', '--to', '2026-03-02T00:00Z'];
    await cli(['backfill', 'tools', '--project', 'SurgVU', ...span], { steer });
    expect(steered).toEqual([
      [LOOP, { what: 'pause', note: expect.stringMatching(/^holidays \(.+\)$/) }],
      [LOOP, { what: 'trigger' }],
      [LOOP, { what: 'backfill', from: '2026-03-01T00:00:00.000Z', to: '2026-03-02T00:00:00.000Z' }],
    ]);
  });
});
