/** A function that does its work at the first call and gives the same result ever after. */
export function memo<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | null = null;
  return async () => (result ??= work());
}
