/** A file name without its extension; folders count. */
export function stemOf(name: string): string {
  return name.replace(/\.[^./]+$/, '');
}
