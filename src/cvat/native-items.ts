import { createHash } from 'node:crypto';
import type { NativeAnnotations, NativeItem } from './native-annotations.ts';

export const KINDS = ['shapes', 'tracks', 'tags'] as const;

/** Number of shapes, tracks and tags together. */
export function countItems(held: NativeAnnotations): number {
  return KINDS.reduce((sum, kind) => sum + held[kind].length, 0);
}

/**
 * The same annotations without ids: CVAT refuses ids at the top, ignores those inside of tracks and skeletons, and gives
 * new ones to all. Attributes are named by `spec_id`, which stays.
 */
export function withoutIds(held: NativeAnnotations): NativeAnnotations {
  return { shapes: held.shapes.map(bare), tracks: held.tracks.map(bare), tags: held.tags.map(bare) };
}

/** What `left` holds that `right` does not, equal items counted as often as they occur; ids do not matter. */
export function difference(left: NativeAnnotations, right: NativeAnnotations): NativeAnnotations {
  return {
    shapes: missingFrom(left.shapes, right.shapes),
    tracks: missingFrom(left.tracks, right.tracks),
    tags: missingFrom(left.tags, right.tags),
  };
}

/** True if both hold the same, ids and order aside. */
export function sameContent(left: NativeAnnotations, right: NativeAnnotations): boolean {
  return countItems(left) === countItems(right) && countItems(difference(left, right)) === 0;
}

/** SHA-256 in lower-case hex over all that jobs hold, whatever the order and the ids inside of each kind. */
export function contentDigest(held: Iterable<NativeAnnotations>): string {
  const keys: string[] = [];
  for (const one of held) for (const kind of KINDS) for (const item of one[kind]) keys.push(`${kind} ${keyOf(item)}`);
  return createHash('sha256').update(keys.toSorted().join('\n')).digest('hex');
}

function missingFrom(items: readonly NativeItem[], others: readonly NativeItem[]): NativeItem[] {
  const left = new Map<string, number>();
  for (const other of others) left.set(keyOf(other), (left.get(keyOf(other)) ?? 0) + 1);
  return items.filter((item) => {
    const key = keyOf(item);
    const count = left.get(key) ?? 0;
    if (count > 0) left.set(key, count - 1);
    return count === 0;
  });
}

/** A digest instead of the text: a mask has thousands of numbers. */
function keyOf(item: NativeItem): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(bare(item))))
    .digest('base64');
}

function bare(item: NativeItem): NativeItem {
  return Object.fromEntries(
    Object.entries(item)
      .filter(([name]) => name !== 'id')
      .map(([name, value]) => [name, name === 'shapes' || name === 'elements' ? inner(value) : value]),
  );
}

/** Shapes of a track and elements of a skeleton are items themselves. */
function inner(value: unknown): unknown {
  return Array.isArray(value) ? value.map((one: unknown) => (isItem(one) ? bare(one) : one)) : value;
}

/** Keys in order; attributes, which CVAT lists in no order, by their text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(sorted);
    const areAttributes = items.length > 0 && items.every((item) => isItem(item) && 'spec_id' in item);
    return areAttributes ? items.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) : items;
  }
  if (!isItem(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, sorted(part)]));
}

function isItem(value: unknown): value is NativeItem {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
