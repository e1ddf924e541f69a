import type { Choice } from '../../contracts/iteration.ts';
import type { IterationView } from '../../operations/describe-iteration.ts';

/** What a choice needs besides the id. */
const ARGUMENTS: Partial<Record<Choice, string>> = { extend: ' --by 2d' };

/**
 * What is wrong, what to do about it, and the exact commands to type; empty where nothing is wrong. Of an iteration that
 * was ended: what it was waiting for.
 */
export function troubleLines({ id, state, status }: IterationView): readonly string[] {
  if (status === null || status.trouble === null || state === 'done') return [];
  const { code, message, action } = status.trouble;
  if (state !== 'running') return [`ended while waiting for: ${code}: ${message}`];
  return [
    `${code}: ${message}`,
    `what to do: ${action}`,
    ...status.choices.map((choice) => `  maskloop ${choice} ${id}${ARGUMENTS[choice] ?? ''}`),
  ];
}
