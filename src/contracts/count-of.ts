/** A number and what it counts: `1 image`, `2 images`. */
export function countOf(number: number, singular: string, plural = `${singular}s`): string {
  return `${number} ${number === 1 ? singular : plural}`;
}
