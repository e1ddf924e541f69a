import type { Excerpt } from '../../contracts/comparison.ts';

/** Longer names are cut. */
const NAME_LENGTH = 40;

/** The beginning of a long name: at most 40 characters. */
export function shortened(name: string): string {
  const characters = Array.from(name);
  return characters.length <= NAME_LENGTH ? name : `${characters.slice(0, NAME_LENGTH - 1).join('')}…`;
}

/** As many of the first items as fit into so many bytes of JSON. */
export function excerpt<T>(items: readonly T[], bytes: number): Excerpt<T> {
  let left = bytes;
  const first: T[] = [];
  for (const item of items) {
    left -= Buffer.byteLength(JSON.stringify(item)) + 1;
    if (left < 0) break;
    first.push(item);
  }
  return { first, total: items.length };
}
