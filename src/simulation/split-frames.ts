import { stemOf } from '../contracts/file-stem.ts';
import { MaskloopError } from '../contracts/error.ts';
import { heldOutGroups } from '../selection/held-out-groups.ts';

/** Labelled frames of the pool: those that may be chosen, and those that every model is measured on. */
export interface SplitFrames {
  readonly pool: readonly string[];
  readonly heldOut: readonly string[];
}

/** How many frames are held out: so many, this share of the labelled ones, or these, with all of their groups. */
export type Wanted = { readonly frames: number } | { readonly share: number } | { readonly stems: ReadonlySet<string> };

/**
 * The images that have a label, split by groups. The same names and seed give the same split.
 *
 * @param images paths in the pool
 * @param labelled paths without extensions of frames that have a label
 * @throws MaskloopError `NothingToSimulate` where nothing would be left to choose, or nothing held out
 */
export function splitFrames(
  images: readonly string[],
  labelled: ReadonlySet<string>,
  { wanted, groupOf, seed }: { wanted: Wanted; groupOf: (name: string) => string; seed: string },
): SplitFrames {
  const frames = images.filter((name) => labelled.has(stemOf(name))).map((name) => ({ name, group: groupOf(name) }));
  const groups =
    'stems' in wanted
      ? new Set(frames.filter(({ name }) => wanted.stems.has(stemOf(name))).map(({ group }) => group))
      : heldOutGroups(frames, 'frames' in wanted ? wanted.frames : Math.ceil(wanted.share * frames.length), seed);
  const heldOut = frames.filter(({ group }) => groups.has(group)).map(({ name }) => name);
  const pool = frames.filter(({ group }) => !groups.has(group)).map(({ name }) => name);
  if (pool.length > 0 && heldOut.length > 0) return { pool, heldOut };
  const all = new Set(frames.map(({ group }) => group)).size;
  throw new MaskloopError(
    'NothingToSimulate',
    `${frames.length} of ${images.length} images have a label, in ${all} groups: ${pool.length} could be chosen, ${heldOut.length} held out.`,
    { facts: { images: images.length, labelled: frames.length, groups: all, heldOut: heldOut.length } },
  );
}
