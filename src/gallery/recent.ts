/**
 * Remembers what was read last, so that a page that asks again and again does not have it read anew. What is read at the same time
 * is read once; a failure is not remembered.
 *
 * @param most things that are remembered; those asked for longest ago go first
 */
export function recent<T>(most: number): (key: string, read: () => Promise<T>) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (key, read) => {
    const found = known.get(key);
    known.delete(key);
    const value = found ?? read();
    known.set(key, value);
    value.catch(() => {
      if (known.get(key) === value) known.delete(key);
    });
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
