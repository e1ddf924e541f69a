/** Something with a score; null for none. */
export interface Scored {
  readonly score: number | null;
}

/** Those with a score, the highest first; equal ones stay in their order. */
export function rank<S extends Scored>(scored: readonly S[]): readonly (S & { readonly score: number })[] {
  const known = scored.flatMap((one) => (one.score === null ? [] : [{ ...one, score: one.score }]));
  return known.toSorted((a, b) => b.score - a.score);
}
