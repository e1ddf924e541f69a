import { z } from 'zod';
import { NOTICE_KINDS } from '../../../../../src/contracts/notice.ts';
import { STRATEGIES } from '../../../../../src/contracts/selection.ts';
import type { Row, RowsShape } from './field.ts';

const WHOM = ['assignee', 'reviewer', 'lead'];
/** A new line begins with the first. */
const OFFERED: readonly string[] = ['uncertainty', ...STRATEGIES.filter((strategy) => strategy !== 'uncertainty')];
const PART = /^(\d+(?:\.\d+)?)\s*%\s*([a-z-]+)$/;

const filled = (text: string | undefined): text is string => text !== undefined && text.trim() !== '';
const isNumber = (text: string | undefined): text is string => filled(text) && Number.isFinite(Number(text));
const orNothing = <T extends object>(value: T): T | undefined => (Object.keys(value).length === 0 ? undefined : value);

/** Strategies with their shares, as `70% uncertainty, 30% random`. */
export const MIXTURE: RowsShape = {
  one: 'strategy',
  columns: [
    { key: 'strategy', label: 'Strategy', words: OFFERED },
    { key: 'percent', label: 'Share, %', example: '70' },
  ],
  read: (value) => {
    if (typeof value !== 'string') return null;
    if (OFFERED.includes(value.trim())) return [{ strategy: value.trim(), percent: '100' }];
    const rows = value.split(',').map((part): Row | null => {
      const [, percent = '', strategy = ''] = PART.exec(part.trim()) ?? [];
      return OFFERED.includes(strategy) ? { strategy, percent } : null;
    });
    const known = rows.filter((row) => row !== null);
    return known.length < rows.length ? null : known;
  },
  write: (rows) => {
    const whole = rows.filter(({ strategy, percent }) => filled(strategy) && isNumber(percent));
    const [only] = whole;
    if (only === undefined) return undefined;
    if (whole.length === 1 && Number(only['percent']) === 100) return only['strategy'];
    return whole.map(({ strategy = '', percent = '' }) => `${Number(percent)}% ${strategy}`).join(', ');
  },
};

const numbers = z.record(z.string(), z.number());

/** Values of pixels that count as others. */
export const VALUES: RowsShape = {
  one: 'value',
  columns: [
    { key: 'from', label: 'Value', example: '255' },
    { key: 'to', label: 'Counts as', example: '1' },
  ],
  read: (value) => pairsOf(value, 'from', 'to'),
  write: (rows) => {
    const whole = rows.filter(({ from, to }) => isNumber(from) && isNumber(to));
    return orNothing(Object.fromEntries(whole.map(({ from = '', to }) => [from.trim(), Number(to)])));
  },
};

/** Least Dice by class, or one for all. */
export const FLOORS: RowsShape = {
  one: 'class',
  columns: [
    { key: 'class', label: 'Class, or all', example: 'all' },
    { key: 'dice', label: 'Least Dice', example: '0.5' },
  ],
  read: (value) =>
    typeof value === 'number' ? [{ class: 'all', dice: String(value) }] : pairsOf(value, 'class', 'dice'),
  write: (rows) => {
    const whole = rows.filter((row) => filled(row['class']) && isNumber(row['dice']));
    const byClass = Object.fromEntries(whole.map((row) => [row['class']?.trim() ?? '', Number(row['dice'])]));
    const { all, ...classes } = byClass;
    return all !== undefined && Object.keys(classes).length === 0 ? all : orNothing(byClass);
  },
};

function pairsOf(value: unknown, key: string, behind: string): readonly Row[] | null {
  const parsed = numbers.safeParse(value);
  return parsed.success
    ? Object.entries(parsed.data).map(([one, other]) => ({ [key]: one, [behind]: String(other) }))
    : null;
}

const reminders = z.array(
  z.union([
    z.strictObject({ before: z.string(), whom: z.enum(WHOM) }),
    z.strictObject({ after: z.string(), whom: z.enum(WHOM) }),
  ]),
);

/** Reminders around the deadline. */
export const REMINDERS: RowsShape = {
  one: 'reminder',
  columns: [
    { key: 'time', label: 'Time', example: '3d' },
    { key: 'when', label: 'Before or after', words: ['before', 'after'] },
    { key: 'whom', label: 'Whom', words: WHOM },
  ],
  read: (value) => {
    const parsed = reminders.safeParse(value);
    if (!parsed.success) return null;
    return parsed.data.map((rung) =>
      'before' in rung
        ? { time: rung.before, when: 'before', whom: rung.whom }
        : { time: rung.after, when: 'after', whom: rung.whom },
    );
  },
  write: (rows) => {
    const whole = rows.filter(({ time, when, whom }) => filled(time) && filled(when) && filled(whom));
    return whole.length === 0
      ? undefined
      : whole.map(({ time = '', when = '', whom = '' }) => ({ [when]: time.trim(), whom }));
  },
};

/** Addresses by user name. */
export const PEOPLE = byName('name', { key: 'name', label: 'User name in CVAT', example: 'anna' }, 'person', [
  { key: 'email', label: 'E-mail', example: 'anna@example.org' },
  { key: 'slack', label: 'Slack member id', example: 'U012AB3CD' },
  { key: 'timeZone', label: 'Time zone', example: 'Europe/Lisbon' },
]);

/** Texts by kind of notice. */
export const TEMPLATES = byName('kind', { key: 'kind', label: 'Notice', words: NOTICE_KINDS }, 'text', [
  { key: 'subject', label: 'Subject', example: '{about} is ready' },
  { key: 'text', label: 'Text', example: 'About {about}: …', isLong: true },
]);

function byName(
  name: string,
  first: RowsShape['columns'][number],
  one: string,
  others: RowsShape['columns'],
): RowsShape {
  const keys = others.map(({ key }) => key);
  const schema = z.record(z.string(), z.partialRecord(z.enum(keys), z.string()));
  return {
    one,
    columns: [first, ...others],
    read: (value) => {
      const parsed = schema.safeParse(value);
      if (!parsed.success) return null;
      return Object.entries(parsed.data).map(([named, texts]) => ({
        [name]: named,
        ...Object.fromEntries(keys.map((key) => [key, texts[key] ?? ''])),
      }));
    },
    write: (rows) => {
      const whole = rows.filter((row) => filled(row[name]) && keys.some((key) => filled(row[key])));
      return orNothing(Object.fromEntries(whole.map((row) => [row[name]?.trim() ?? '', textsOf(row, keys)])));
    },
  };
}

function textsOf(row: Row, keys: readonly string[]): object {
  return Object.fromEntries(keys.flatMap((key) => (filled(row[key]) ? [[key, row[key].trim()]] : [])));
}
