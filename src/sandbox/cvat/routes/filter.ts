import { jsonFailure, position } from '../coco/json-failure.ts';
import { refuseList, type Refusal } from '../answers/refusal.ts';

/** What a filter may ask of an item, by CVAT's name. */
export type Terms = Readonly<Record<string, string | number | null>>;
type Value = string | number | boolean | null | readonly Value[];

/**
 * Evaluates the `filter` parameter (JSON Logic with `and`, `or`, `!`, `==`, `in`, `<=` and `>=`) on the terms of an item.
 *
 * @throws Refusal 400 as CVAT words it for malformed filters and for terms it cannot filter by
 */
export function passesFilter(filter: string | null, terms: Terms): boolean {
  if (filter === null || filter === '') return true;
  return evaluate(parse(filter), terms) === true;
}

function parse(filter: string): unknown {
  const failure = jsonFailure(filter);
  if (failure === undefined) return JSON.parse(filter);
  const reason = 'Expecting property name enclosed in double quotes';
  throw refused(`can't parse filter expression: ${reason}: ${position(filter, failure.at)}`);
}

function evaluate(rule: unknown, terms: Terms): Value {
  if (Array.isArray(rule)) return rule.map((part: unknown) => evaluate(part, terms));
  if (typeof rule !== 'object' || rule === null) return plain(rule);
  const [operation = '', argument] = Object.entries(rule)[0] ?? [];
  if (operation === 'var') return term(String(argument), terms);
  const operands: unknown[] = Array.isArray(argument) ? argument : [argument];
  const values = (): Value[] => operands.map((operand) => evaluate(operand, terms));
  switch (operation) {
    case 'and':
      return values().every((value) => value === true);
    case 'or':
      return values().some((value) => value === true);
    case '!':
      return values()[0] !== true;
    case '==':
      return values()[0] === values()[1];
    case '<=':
      return ascending(values());
    case '>=':
      return ascending(values().toReversed());
    case 'in':
      return contains(values());
    default:
      throw refused(`operation '${operation}' with arguments '${python(argument)}' is not supported`);
  }
}

function term(name: string, terms: Terms): Value {
  if (!Object.hasOwn(terms, name)) throw refused(`term '${name}' is not supported`);
  return terms[name] ?? null;
}

function contains([needle, hay]: readonly Value[]): boolean {
  if (Array.isArray(hay)) return hay.includes(needle);
  return typeof hay === 'string' && hay.includes(String(needle));
}

function ascending(values: readonly Value[]): boolean {
  return values.every((value, index) => index === 0 || (values[index - 1] ?? 0) <= (value ?? 0));
}

function plain(value: unknown): Value {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}

/** A value as Python prints it. */
function python(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{${Object.entries(value)
    .map(([key, part]) => `'${key}': ${python(part)}`)
    .join(', ')}}`;
}

function refused(words: string): Refusal {
  return refuseList(`filter: ${words}`);
}
