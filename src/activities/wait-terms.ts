import type { IterationInput } from '../contracts/iteration.ts';
import { type WaitTerms } from '../contracts/waiting.ts';
import { LAST_POLICIES } from '../contracts/deadline.ts';
import type { Rules } from '../waiting/decide-completion.ts';

/** What holds where the workflow says nothing else: the input alone. */
export function termsOf(input: IterationInput, given: WaitTerms | undefined): WaitTerms {
  if (given !== undefined) return given;
  const { deadline } = input.completion;
  return {
    deadline: deadline?.at ?? null,
    policy: LAST_POLICIES.find((policy) => policy === deadline?.policy) ?? 'attention',
    approved: [],
    review: null,
    importedShapes: 0,
    labelTable: null,
  };
}

/** The rules of a decision, in numbers. */
export function rulesOf({ completion }: IterationInput, { deadline, policy }: WaitTerms): Rules {
  const { rule, atLeast = 1 } = completion;
  return { rule, atLeast, deadlineMs: deadline === null ? null : Date.parse(deadline), policy };
}
