import { createHash } from 'node:crypto';

/**
 * Chooses the frames that are measured and never trained on: those whose hash of `seed` and name is smallest, so that
 * the choice is the same at every try and does not follow the order of a video.
 *
 * @param fraction share of the names, from 0 to 0.9; above 0, at least one of two or more names is held out
 * @returns the chosen names; never all of them
 */
export function chooseHeldOut(names: readonly string[], fraction: number, seed: string): ReadonlySet<string> {
  const wanted = fraction > 0 ? Math.max(1, Math.round(names.length * fraction)) : 0;
  const rank = (name: string): string =>
    createHash('sha256')
      .update(JSON.stringify([seed, name]))
      .digest('hex');
  const ranked = names.map((name) => ({ name, rank: rank(name) })).toSorted((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, Math.min(wanted, Math.max(0, names.length - 1))).map(({ name }) => name));
}
