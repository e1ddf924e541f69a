import { createHash } from 'node:crypto';

const LONGEST_TEXT = 360;
const KEPT_TEXT = 160;
const MOST_NUMBERS = 24;
const MOST_ITEMS = 24;

/**
 * Shortens a JSON value: the middle of a long text is cut out, a long list of numbers becomes its length and a digest,
 * and of other long lists the first and the last items stay, and their number. Recorded and actual answers are shortened
 * alike. What is cut out of a text or a list of objects is not compared.
 */
export function compactJson(value: unknown): unknown {
  if (typeof value === 'string') return compactText(value);
  if (Array.isArray(value)) return compactList(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, compactJson(inner)]));
}

export function compactText(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  return `${text.slice(0, KEPT_TEXT)} … ${text.slice(-KEPT_TEXT)}`;
}

function compactList(list: readonly unknown[]): unknown {
  if (list.length > MOST_NUMBERS && list.every((item) => typeof item === 'number')) {
    const digest = createHash('sha256').update(JSON.stringify(list)).digest('hex').slice(0, 12);
    return `#numbers ${list.length} ${digest}`;
  }
  if (list.length <= MOST_ITEMS) return list.map(compactJson);
  const first = list.slice(0, MOST_ITEMS - 2).map(compactJson);
  return [...first, `#more ${list.length - first.length - 1}`, compactJson(list.at(-1))];
}
