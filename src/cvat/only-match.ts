import { MaskloopError } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';

/**
 * The one object of exactly this name, or null. CVAT strips blanks around names when it stores them, and names are not unique.
 * @throws the given code, listing the ids, on two
 */
export function onlyMatch<T extends { readonly id: number; readonly name: string }>(
  found: readonly T[],
  { name, code, what }: { name: string; code: FailureCode; what: string },
): T | null {
  const exact = found.filter((candidate) => candidate.name === name.trim());
  if (exact.length < 2) return exact[0] ?? null;
  const ids = exact.map(({ id }) => id);
  throw new MaskloopError(code, `CVAT has ${ids.length} ${what} named "${name.trim()}": ids ${ids.join(', ')}`, {
    facts: { name: name.trim(), ids },
  });
}
