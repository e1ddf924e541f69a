/** A number of things with its thousands apart: `12,433`. */
export function countWords(count: number): string {
  return count.toLocaleString('en-GB');
}
