/** What a word does not end before: letters, digits, and what CVAT takes in user names beside `.` and `-`. */
const LETTER = String.raw`[\p{L}\p{N}_@+]`;

/** A text in which each of the words, wherever it stands as a whole one, is `by` instead; longer words go first. */
export function replaceWords(text: string, words: Iterable<string>, by: string): string {
  const found = [...new Set(words)].filter((word) => word !== '' && text.includes(word));
  if (found.length === 0) return text;
  const patterns = found.toSorted((a, b) => b.length - a.length).map(literally);
  return text.replace(new RegExp(`(?<!${LETTER})(?:${patterns.join('|')})(?!${LETTER})`, 'gu'), () => by);
}

/** A pattern that matches this text and no other. */
export function literally(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
