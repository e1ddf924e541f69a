import type { Problem } from '../../../src/api/schemas/problem.ts';
import { isRefusal, type Refusal } from '../requests/refusal.ts';
import { whatToDo } from '../words/what-to-do/what-to-do.ts';

/** The status of an answer that says that somebody else does not answer. */
const AWAY = 503;

/** What an error says to a person. One that is no refusal is a defect of the page. */
export function problemOf(error: unknown): Pick<Problem, 'title' | 'detail' | 'action' | 'code'> {
  if (isRefusal(error)) return { ...error.problem, action: actionOf(error) };
  return {
    code: 'UnexpectedFailure',
    title: 'This page has failed.',
    detail: error instanceof Error ? error.message : 'The reason is not known.',
    action: 'Load the page anew. If it fails again, tell whoever runs the server what you did.',
  };
}

/** Somebody behind the server who does not answer may have done a change all the same. */
function actionOf({ problem: { code, status, action }, purpose }: Refusal): string {
  const said = whatToDo(code, action);
  return purpose === 'change' && status === AWAY
    ? `${said} It is not known whether it was done: look before you press again.`
    : said;
}
