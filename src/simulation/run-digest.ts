import type { LoopPolicy } from '../contracts/loop.ts';
import { canonicalDigest } from '../storage/canonical-json.ts';

/** Changed whenever a simulation comes to other curves by the same policy. */
const METHOD = 1;

/** What a simulated loop learns from and with, besides its policy. */
export interface Surroundings {
  /** SHA-256 over the labels of all frames of the pool. */
  readonly labels: string;
  /** Which trainer, and which model it begins with. */
  readonly trainer: unknown;
}

const withoutAddresses = (key: string, value: unknown): unknown => (key === 'uri' ? undefined : value);

/**
 * SHA-256 of all that decides the course of a simulated loop: two of the same digest need not both be run. Where files lie, and
 * how the loops of a simulation are numbered, decide nothing.
 */
export function runDigest(policy: LoopPolicy, { labels, trainer }: Surroundings): string {
  const content = { method: METHOD, policy: { ...policy, connection: '', project: '' }, labels, trainer };
  return canonicalDigest(JSON.parse(JSON.stringify(content, withoutAddresses)));
}
