import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMaskloopError } from '../contracts/error.ts';
import { listMasks } from './list-masks.ts';
import { readMask } from './read-mask.ts';

/** What the masks of a folder hold, by a sample of them. */
export interface MaskSurvey {
  /** Names of all masks, relative to the folder. */
  readonly names: readonly string[];
  /** How many of them were read. */
  readonly looked: number;
  /** Values other than 0, ascending, with the number of masks that hold them. */
  readonly values: readonly { readonly value: number; readonly masks: number }[];
  /** Masks whose pixels are colours. */
  readonly coloured: number;
  /** The first mask that cannot be read, and why; null for none. */
  readonly broken: string | null;
}

/**
 * Reads masks that lie evenly among all of a folder and counts their values.
 *
 * @param most masks that are read at most, at least 1
 * @throws MaskloopError `UnreadableFile` for a folder that cannot be read
 */
export async function surveyMasks(dir: string, most: number): Promise<MaskSurvey> {
  const { masks: names } = await listMasks(dir);
  const looked = Math.min(most, names.length);
  const counts = new Map<number, number>();
  let coloured = 0;
  let broken: string | null = null;
  for (let at = 0; at < looked; at += 1) {
    const name = names[Math.floor((at * names.length) / looked)] ?? '';
    try {
      const { values } = readMask(await readFile(join(dir, name)), name);
      for (const value of new Set(values)) if (value !== 0) counts.set(value, (counts.get(value) ?? 0) + 1);
    } catch (error) {
      if (isMaskloopError(error, 'ColourImage')) coloured += 1;
      else broken ??= isMaskloopError(error) ? error.message : `${name} cannot be read.`;
    }
  }
  const values = [...counts].map(([value, masks]) => ({ value, masks })).toSorted((a, b) => a.value - b.value);
  return { names, looked, values, coloured, broken };
}
