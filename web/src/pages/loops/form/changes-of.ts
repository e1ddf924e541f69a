/** What a text means, in rows of words. */
export type Means = readonly (readonly [string, string])[];

/** What differs between two meanings, row by row; null for a row that one of them has not. */
export function changesOf(
  before: Means,
  after: Means,
): readonly { readonly what: string; readonly from: string | null; readonly to: string | null }[] {
  const [was, is] = [new Map(before), new Map(after)];
  return [...new Set([...was.keys(), ...is.keys()])].flatMap((what) => {
    const [from, to] = [was.get(what) ?? null, is.get(what) ?? null];
    return from === to ? [] : [{ what, from, to }];
  });
}
