import type { Fact } from '../../../../../src/contracts/error.ts';

/** A fact of a failure as people read it. */
export function factText(fact: Fact): string {
  if (typeof fact === 'string') return fact;
  const isPlain = Array.isArray(fact) && fact.every((one) => typeof one === 'string' || typeof one === 'number');
  return isPlain ? fact.join(', ') : JSON.stringify(fact);
}
