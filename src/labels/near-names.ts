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

/** Insertions, deletions, replacements and swaps of neighbours that make one text of the other, in UTF-16 code units. */
function editDistance(a: string, b: string): number {
  let before: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replace = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = isSwapped ? (before[j - 2] ?? 0) + 1 : replace;
      next.push(Math.min(replace, swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
