import { piecesOf, type IdMap } from './id-map.ts';
import type { Place, ServerKind } from './server-kind.ts';

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;

export interface Comparison {
  readonly kind: ServerKind;
  readonly ids: IdMap;
  readonly path: string;
}

/**
 * Where an actual JSON value differs from the recorded one. Ids count as equal if each recorded id has always been the
 * same actual one; a recorded time (`#t12.1`, the first new one of exchange 12) may be any time, but always the same one,
 * and none that an earlier exchange has shown as another.
 */
export function compareJson(comparison: Comparison, recorded: unknown, actual: unknown): readonly string[] {
  const differences: string[] = [];
  walk(comparison, { recorded, actual, keys: [], parents: [undefined, undefined] }, differences);
  return differences;
}

interface Step {
  readonly recorded: unknown;
  readonly actual: unknown;
  readonly keys: readonly (string | number)[];
  readonly parents: readonly [recorded: unknown, actual: unknown];
}

function walk(comparison: Comparison, step: Step, differences: string[]): void {
  const { recorded, actual, keys } = step;
  const at = keys.join('.');
  const place: Place = { path: comparison.path, side: 'answer', keys, parent: step.parents[0], value: recorded };
  if (Array.isArray(recorded) && Array.isArray(actual)) {
    // Of a loose list neither items nor their number count, such as the lines of a log.
    if (comparison.kind.isLoose(place)) return;
    if (recorded.length !== actual.length) {
      differences.push(`${at}: ${recorded.length} items recorded, ${actual.length} now`);
    }
    const [left, right] = [recorded, actual].map((list) => inOrder(comparison.kind, keys, list));
    for (const [index, item] of (left ?? []).slice(0, actual.length).entries()) {
      const next = { recorded: item, actual: right?.[index], keys: [...keys, index] };
      walk(comparison, { ...next, parents: [recorded, actual] }, differences);
    }
  } else if (isObject(recorded) && isObject(actual)) {
    walkObject(comparison, { ...step, recorded, actual }, differences);
  } else if (comparison.kind.isLoose(place)) {
    if (typeof recorded !== typeof actual) differences.push(`${at}: ${show(recorded)} recorded, ${show(actual)} now`);
  } else if (!isSame(comparison, place, actual)) {
    differences.push(`${at}: ${show(recorded)} recorded, ${show(actual)} now`);
  }
}

/** Sorted if the order means nothing. */
function inOrder(kind: ServerKind, keys: Step['keys'], list: readonly unknown[]): readonly unknown[] {
  const keyed = list.map((item) => ({ item, key: kind.sortKey(keys, item) }));
  if (keyed.some(({ key }) => key === undefined)) return list;
  return keyed.toSorted((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1)).map(({ item }) => item);
}

function walkObject(
  comparison: Comparison,
  step: Step & { readonly recorded: object; readonly actual: object },
  differences: string[],
): void {
  const { keys } = step;
  const actual = new Map<string, unknown>(Object.entries(step.actual));
  for (const [name, value] of Object.entries(step.recorded)) {
    if (actual.has(name)) {
      const next = { recorded: value as unknown, actual: actual.get(name), keys: [...keys, name] };
      walk(comparison, { ...next, parents: [step.recorded, step.actual] }, differences);
      actual.delete(name);
    } else differences.push(`${[...keys, name].join('.')}: ${show(value)} recorded, absent now`);
  }
  for (const [name, value] of actual)
    differences.push(`${[...keys, name].join('.')}: not recorded, ${show(value)} now`);
}

function isSame(comparison: Comparison, place: Place, actual: unknown): boolean {
  const { value } = place;
  const kind = typeof value === typeof actual ? comparison.kind.idKind(place) : undefined;
  if (kind !== undefined) return comparison.ids.pair(kind, String(value), String(actual));
  if (typeof value === 'string' && typeof actual === 'string') return isSameText(comparison, value, actual);
  if (typeof value === 'number' && typeof actual === 'number') {
    return Math.abs(value - actual) <= 1e-9 * Math.max(1, Math.abs(value));
  }
  return value === actual;
}

/** Compares two texts up to the ids and times in them. */
export function isSameText({ kind, ids }: Comparison, recorded: string, actual: string): boolean {
  if (recorded.startsWith('#t') && TIME.test(actual)) return ids.pairTime(recorded, actual);
  const [left, right] = [piecesOf(recorded, kind.idPatterns), piecesOf(actual, kind.idPatterns)];
  if (left.length !== right.length) return false;
  return left.every((piece, index) => {
    const other = right[index];
    if (typeof piece === 'string' || typeof other === 'string' || other === undefined) return piece === other;
    return piece.kind === other.kind && (piece.kind === 'any' || ids.pair(piece.kind, piece.id, other.id));
  });
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 80)} … ${text.slice(-80)}` : text;
}
