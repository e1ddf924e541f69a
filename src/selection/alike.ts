/**
 * How far two small grey images are from each other: the mean difference of their pixels.
 *
 * @param a, b grey values from 0 to 255, of the same number of pixels
 * @returns from 0 (the same) to 1 (black and white)
 */
export function greyDistance(a: Uint8Array, b: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += Math.abs(a[at]! - b[at]!);
  return a.length === 0 ? 0 : sum / a.length / 255;
}

/** Small grey images of frames, by their group. */
export interface Looks {
  /** Whether a frame of this group looks like one that was added. */
  isAlike(group: string, grey: Uint8Array): boolean;
  add(group: string, grey: Uint8Array): void;
}

/**
 * Remembers how the frames of groups look.
 *
 * @param least nearer than this is alike; from 0, where nothing is, to 1
 */
export function createLooks(least: number): Looks {
  const looks = new Map<string, Uint8Array[]>();
  return {
    isAlike: (group, grey) => (looks.get(group) ?? []).some((other) => greyDistance(other, grey) < least),
    add: (group, grey) => {
      const known = looks.get(group);
      if (known === undefined) looks.set(group, [grey]);
      else known.push(grey);
    },
  };
}
