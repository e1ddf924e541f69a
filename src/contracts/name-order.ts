/**
 * The order of files wherever it matters, in a document as in the digest of a folder: by the UTF-8 bytes of their names,
 * which is the order of their code points. Negative if `a` comes first. Takes well-formed text; no memory of its own,
 * since a folder may hold a million names.
 */
export function compareNames(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  let at = 0;
  while (at < shorter && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  return at === shorter ? a.length - b.length : rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
}

/** Surrogates stand for code points beyond all that have one unit, but are not the last units. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
