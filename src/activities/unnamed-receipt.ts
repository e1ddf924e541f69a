import type { Decision, IterationInput } from '../contracts/iteration.ts';
import type { Receipt } from '../contracts/receipt.ts';
import type { CompletionOptions } from '../contracts/waiting.ts';
import { SOMEBODY, unnamedAssignment } from '../receipts/unnamed-assignment.ts';

/**
 * The receipt as the iteration wants people to be told: with any setting but `names` no annotator or reviewer is named in
 * it. Those who decided something are: they answer for it.
 */
export function unnamedReceipt(receipt: Omit<Receipt, 'chain'>): Omit<Receipt, 'chain'> {
  const { input, results, decisions } = receipt;
  if (input.tellPeople === 'names') return receipt;
  const { assignment } = results;
  return {
    ...receipt,
    input: unnamedInput(input),
    results:
      assignment === undefined || assignment === null
        ? results
        : { ...results, assignment: unnamedAssignment(assignment) },
    decisions: decisions.map(unnamedDecision),
  };
}

function unnamedInput({ people, review, completion, ...input }: IterationInput): IterationInput {
  const reviewed =
    review === undefined ? {} : { review: { ...review, reviewers: review.reviewers.map(() => SOMEBODY) } };
  return { ...input, people: people.map(() => SOMEBODY), ...reviewed, completion: unnamedCompletion(completion) };
}

/** Without the names of those who get open jobs when a deadline passes. */
function unnamedCompletion(completion: CompletionOptions): CompletionOptions {
  const { deadline } = completion;
  if (deadline?.more === undefined) return completion;
  const more = { ...deadline.more, people: deadline.more.people.map(() => SOMEBODY) };
  return { ...completion, deadline: { ...deadline, more } };
}

/** The detail of a reassignment is `ana to ben: jobs 1, 2`. */
function unnamedDecision(decision: Decision): Decision {
  if (decision.what !== 'reassign' || decision.detail === undefined) return decision;
  const jobs = decision.detail.slice(decision.detail.lastIndexOf(': '));
  return { ...decision, detail: `${SOMEBODY} to ${SOMEBODY} else${jobs}` };
}
