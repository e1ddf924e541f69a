import type { IterationStatus } from '../../contracts/iteration.ts';

/** What is wrong, what to do about it, and the exact commands to type; empty where nothing is wrong. */
export function troubleLines({ id, trouble, choices }: IterationStatus): readonly string[] {
  if (trouble === null) return [];
  return [
    `${trouble.code}: ${trouble.message}`,
    `what to do: ${trouble.action}`,
    ...choices.map((choice) => `  maskloop ${choice} ${id}`),
  ];
}
