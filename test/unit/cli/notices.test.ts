import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { noticesOf, readBook } from '../../../src/cli/notice-flags.ts';
import { parseLadder, parseWorkingHours } from '../../../src/notation/notice-times.ts';
import { runCli } from '../../../src/cli/run-cli.ts';
import type { Snooze } from '../../../src/notify/people/snooze.ts';
import type { MessageRow } from '../../../src/notify/outbox/list-messages.ts';
import { comparableInput } from '../../../src/contracts/comparable-input.ts';
import { iterationInput } from '../../kit/iteration-input.ts';
import { NOTICES } from '../../kit/notices/office.ts';
import { fakeTerminal } from './fake-context.ts';

const HOUR = 3_600_000;
const ROW: MessageRow = {
  key: 'aa',
  kind: 'reminder',
  channel: 'email',
  whom: ['ana'],
  subject: 'SurgVU / Iteration_1 is due in 1 day',
  iteration: 'SurgVU/Iteration_1',
  state: 'unknown',
  tries: 1,
  at: '2026-03-01T09:00:00.000Z',
  reason: 'no answer came',
  nextAt: null,
};

describe('the flags about telling people', () => {
  it('take a ladder before and after the deadline', () => {
    expect(parseLadder('assignee=3d, reviewer=12h,lead=-1d')).toEqual([
      { whom: 'assignee', beforeMs: 72 * HOUR },
      { whom: 'reviewer', beforeMs: 12 * HOUR },
      { whom: 'lead', beforeMs: -24 * HOUR },
    ]);
  });

  it.each(['3d', 'boss=3d', 'assignee=3', 'assignee='])('refuse "%s" as a ladder', (text) => {
    expect(() => parseLadder(text)).toThrow(/assignee=3d|a number and a unit/);
  });

  it('take working hours with days and a time zone', () => {
    const hours = { from: '09:00', to: '17:30', timeZone: 'Europe/Berlin' };
    expect(parseWorkingHours('1-5 09:00-17:30 Europe/Berlin')).toEqual({ ...hours, days: [1, 2, 3, 4, 5] });
    expect(parseWorkingHours('7 09:00-17:30 Europe/Berlin')).toEqual({ ...hours, days: [7] });
  });

  it.each(['9-17', '5-1 09:00-17:00 UTC', '1-5 9:00-17:00 UTC', '1-5 09:00-09:00 UTC', '1-5 09:00-17:00 Mars/Base'])(
    'refuse "%s" as working hours',
    (text) => expect(() => parseWorkingHours(text)).toThrow(/1-5 09:00-17:00|no time zone/),
  );

  it('have no meaning without channels', () => {
    expect(() => noticesOf({ leads: ['lena'] }, null)).toThrow('--leads has no meaning without --notify');
    expect(noticesOf({}, null)).toBeNull();
    expect(noticesOf({ notify: ['slack'] }, null)).toMatchObject({ channels: ['slack'], leads: [], book: null });
  });

  it('store a book of people, and refuse a wrong one with its places', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-book-'));
    const file = join(dir, 'people.yaml');
    const stored: string[] = [];
    const { context } = fakeTerminal({
      putArtifact: async (content) => {
        stored.push(Buffer.from(content).toString());
        return { uri: 'store:aa', sha256: 'aa', bytes: content.length };
      },
    });
    await writeFile(file, 'people:\n  ana: { email: ana@lab.example }\n');
    expect(await readBook(context, { noticeBook: file })).toMatchObject({ uri: 'store:aa' });
    expect(JSON.parse(stored[0] ?? '')).toEqual({
      schema: 'maskloop.notices/1',
      people: { ana: { email: 'ana@lab.example' } },
      templates: {},
    });
    await writeFile(file, 'templates:\n  reminder: { text: "{dedline}" }\n');
    await expect(readBook(context, { noticeBook: file })).rejects.toMatchObject({ code: 'InvalidNotices' });
    await writeFile(file, 'people: [\n');
    await expect(readBook(context, { noticeBook: file })).rejects.toMatchObject({ code: 'InvalidNotices' });
    await rm(dir, { recursive: true });
  });

  it('make no difference to a second start', () => {
    const plain = iterationInput();
    expect(comparableInput({ ...plain, notices: NOTICES })).toEqual(comparableInput(plain));
  });
});

describe('notices', () => {
  it('are shown with why they perhaps did not arrive, and no more once they were seen', async () => {
    const seen: string[] = [];
    const terminal = fakeTerminal({
      listNotices: async (which) => (which === 'troubled' ? [ROW] : []),
      markNoticesSeen: async (keys) => void seen.push(...keys),
    });
    expect(await runCli(['notices', '--unknown', '--seen'], terminal.context)).toBe(0);
    expect(terminal.stdout()).toBe(
      'WHEN                  STATE                BY     WHOM  SUBJECT                               WHY\n' +
        '2026-03-01 09:00 UTC  perhaps not arrived  email  ana   SurgVU / Iteration_1 is due in 1 day  no answer came\n',
    );
    expect(seen).toEqual(['aa']);
  });

  it('are none where all is well', async () => {
    const terminal = fakeTerminal({ listNotices: async () => [] });
    expect(await runCli(['notices'], terminal.context)).toBe(0);
    expect(terminal.stderr()).toBe('There are no such messages.\n');
  });
});

describe('snooze', () => {
  it('says until when nobody is reminded', async () => {
    const snoozed: [string, Snooze][] = [];
    const terminal = fakeTerminal(
      { snooze: async (id, snooze) => void snoozed.push([id, snooze]) },
      { resolve: async () => 'SurgVU/Iteration_1' },
    );
    expect(await runCli(['snooze', 'SurgVU/It', '2d'], terminal.context)).toBe(0);
    const [[id, { until, at, by }] = ['', { until: '', at: '', by: '' }]] = snoozed;
    expect(id).toBe('SurgVU/Iteration_1');
    expect(Date.parse(until) - Date.parse(at)).toBe(48 * HOUR);
    expect(by).toBe('tester');
    expect(terminal.stderr()).toMatch(/^nobody is reminded of SurgVU\/Iteration_1 until 20/);
  });
});
