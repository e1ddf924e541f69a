/** Failed attempts of one address in one window of time. */
interface Attempts {
  count: number;
  until: number;
}

export interface AttemptLimit {
  /** Milliseconds until the address may try again; 0 if it may now. */
  waitOf(address: string): number;
  /** Notes a failed attempt. */
  failed(address: string): void;
}

/**
 * Lets an address fail `most` times within `windowMs` milliseconds. It remembers at most `addresses` of them, the latest.
 */
export function attemptLimit(
  { most, windowMs, addresses }: { readonly most: number; readonly windowMs: number; readonly addresses: number },
  now: () => number = Date.now,
): AttemptLimit {
  const known = new Map<string, Attempts>();
  const current = (address: string): Attempts | null => {
    const found = known.get(address);
    if (found === undefined || found.until > now()) return found ?? null;
    known.delete(address);
    return null;
  };
  return {
    waitOf: (address) => {
      const found = current(address);
      return found === null || found.count < most ? 0 : found.until - now();
    },
    failed: (address) => {
      const found = current(address) ?? { count: 0, until: now() + windowMs };
      found.count += 1;
      known.delete(address);
      known.set(address, found);
      const [oldest] = known.keys();
      if (known.size > addresses && oldest !== undefined) known.delete(oldest);
    },
  };
}
