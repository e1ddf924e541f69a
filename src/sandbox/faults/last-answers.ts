import type { WholeAnswer } from './whole-answer.ts';

/** Enough for what a test asks twice; more would only hold memory. */
const MOST_ANSWERS = 500;
const MOST_BYTES = 1_000_000;

/** The last answer to each request, by method and target. */
export interface LastAnswers {
  of(request: { method: string; target: string }): WholeAnswer | undefined;
  keep(request: { method: string; target: string }, answer: WholeAnswer): void;
}

export function createLastAnswers(): LastAnswers {
  const answers = new Map<string, WholeAnswer>();
  return {
    of: (request) => answers.get(key(request)),
    keep(request, answer) {
      answers.delete(key(request));
      if (answer.body.length > MOST_BYTES) return;
      answers.set(key(request), answer);
      const oldest = answers.keys().next();
      if (answers.size > MOST_ANSWERS && oldest.done !== true) answers.delete(oldest.value);
    },
  };
}

function key({ method, target }: { method: string; target: string }): string {
  return `${method} ${target}`;
}
