import { describe, expect, it } from '@jest/globals';
import { emptyForm, problemsOf, requestOf } from '../../../web/src/pages/schedules/schedule-form.ts';
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
