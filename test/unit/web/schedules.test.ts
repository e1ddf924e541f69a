import { describe, expect, it } from '@jest/globals';
import { emptyForm, problemsOf, requestOf } from '../../../web/src/pages/schedules/schedule-form.ts';
import { cronWords } from '../../../web/src/pages/schedules/cron-words.ts';
import { timesWords } from '../../../web/src/pages/schedules/times-words.ts';

const FORM = { ...emptyForm('Europe/Berlin'), project: ' P ', loop: 'tools' };

describe('a new schedule', () => {
  it('says what is missing, each in its field', () => {
    expect(Object.keys(problemsOf(emptyForm('Europe/Berlin')))).toEqual(['project', 'loop']);
    expect(problemsOf({ ...FORM, cron: '0 8 * *' }).cron).toContain('"0 8 * *" has not five fields');
    expect(problemsOf({ ...FORM, cron: ' \n' }).cron).toContain('Say when');
    expect(Object.keys(problemsOf({ ...FORM, timeZone: 'Berlin' }))).toEqual(['timeZone']);
    expect(Object.keys(problemsOf({ ...FORM, kind: 'interval', every: 0.5, unit: 'minutes' }))).toEqual(['every']);
    expect(problemsOf({ ...FORM, kind: 'interval', every: NaN }).every).toBeDefined();
  });

  it('takes several lines of cron, and `@daily`', () => {
    const form = { ...FORM, cron: '0 8 * * MON-FRI\n@daily\n' };
    expect(problemsOf(form)).toEqual({});
    expect(requestOf(form)).toMatchObject({
      loop: { connection: 'default', project: 'P', name: 'tools' },
      times: { everyMs: null, cron: ['0 8 * * MON-FRI', '@daily'], timeZone: 'Europe/Berlin' },
    });
  });

  it('hands on only the kind of times that is chosen', () => {
    const { times } = requestOf({ ...FORM, kind: 'interval', every: 14, unit: 'days', jitterMin: 10 });
    expect(times).toMatchObject({ everyMs: 14 * 86_400_000, cron: [], timeZone: 'UTC', jitterMs: 600_000 });
    expect(timesWords(times)).toBe('every 14 d, up to 10 min later by chance');
  });
});

describe('a line of cron', () => {
  it.each([
    ['0 8 * * MON-FRI', '08:00 on Monday to Friday'],
    ['30 7,19 * * *', '07:30 and 19:30 every day'],
    ['5 0 * * 0,wed,7', '00:05 on Sunday, Wednesday, Sunday'],
  ])('that names times of day is told in words: %s', (line, words) => expect(cronWords(line)).toBe(words));

  it.each([
    '*/5 8 * * *',
    '0 8 1 * *',
    '0 8 * * MON#1',
    '0 8 * * 1-3-5',
    '0 8 * JAN *',
    '@daily',
    '0 8-10 * * *',
    '0 8 * * 8',
  ])('that says more stays as it is: %s', (line) => expect(cronWords(line)).toBeNull());
});
