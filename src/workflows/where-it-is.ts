import type { IterationState } from '../contracts/iteration.ts';

/** For whoever asks for what cannot be done now: the step, and what is waited for; a server that is away or held is named. */
export function whereItIs({ step, waitingFor, trouble, cancelled }: IterationState): string {
  if (cancelled === true) return 'it is cancelled';
  const why = waitingFor === 'server' && trouble !== null ? ` (${trouble.code}: ${trouble.message})` : '';
  return `it is at step ${step}, waiting for ${waitingFor}${why}`;
}
