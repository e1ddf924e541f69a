import type { Problem } from '../../../src/api/schemas/problem.ts';
import { isRefusal } from '../requests/refusal.ts';

/** What an error says to a person. One that is no refusal is a defect of the page. */
export function problemOf(error: unknown): Pick<Problem, 'title' | 'detail' | 'action' | 'code'> {
  if (isRefusal(error)) return error.problem;
  return {
    code: 'UnexpectedFailure',
    title: 'This page has failed.',
    detail: error instanceof Error ? error.message : 'The reason is not known.',
    action: 'Load the page anew. If it fails again, tell whoever runs the server what you did.',
  };
}
