/** A value inside parsed JSON, by its keys; undefined where the way ends. */
export function at(value: unknown, ...keys: readonly (string | number)[]): unknown {
  return keys.reduce<unknown>((part, key) => {
    if (typeof part !== 'object' || part === null) return undefined;
    return new Map<string, unknown>(Object.entries(part)).get(String(key));
  }, value);
}

export function textAt(value: unknown, ...keys: readonly (string | number)[]): string {
  const part = at(value, ...keys);
  if (typeof part !== 'string') throw new Error(`no text at ${keys.join('.')} of ${JSON.stringify(value)}`);
  return part;
}

export function numberAt(value: unknown, ...keys: readonly (string | number)[]): number {
  const part = at(value, ...keys);
  if (typeof part !== 'number') throw new Error(`no number at ${keys.join('.')} of ${JSON.stringify(value)}`);
  return part;
}

export function listAt(value: unknown, ...keys: readonly (string | number)[]): readonly unknown[] {
  const part: unknown = at(value, ...keys);
  if (!Array.isArray(part)) throw new Error(`no list at ${keys.join('.')} of ${JSON.stringify(value)}`);
  return part;
}

/** Numbers from the smallest to the largest. */
export function ascending(values: readonly unknown[]): number[] {
  return values.map(Number).toSorted((a, b) => a - b);
}
