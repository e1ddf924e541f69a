/** Names that a person may have meant by `name`: equal but for case, accents and punctuation, or one or two slips away. */
export function nearNames(name: string, known: readonly string[]): readonly string[] {
  const wanted = folded(name);
  const slips = wanted.length < 4 ? 0 : wanted.length < 8 ? 1 : 2;
  return known.filter((other) => editDistance(wanted, folded(other)) <= slips);
}

function folded(name: string): string {
  const letters = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '');
  return letters === '' ? name : letters;
}

/** Levenshtein distance in UTF-16 code units. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
