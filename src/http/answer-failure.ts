import { MaskloopError, type Facts } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';
import { answerText } from './answer-text.ts';
import type { HttpAnswer, HttpFailures } from './http.ts';
import { retryAfterMs } from './retry-after.ts';

/** Statuses below 500 that pass by themselves: request timeout, too early, too many requests. */
const PASSING = new Set([408, 425, 429]);

/**
 * The error for an answer that is not a success: "PATCH /api/jobs/5 answered 400: <what the body says>".
 * `retryAfterMs` comes from Retry-After. Holds no header of the request and no query.
 */
export function answerFailure(answer: HttpAnswer, failures: HttpFailures): MaskloopError {
  const said = redirectText(answer) ?? answerText(answer.text());
  const wait = retryAfterMs(answer.headers['retry-after']);
  return new MaskloopError(
    codeOf(answer.status, failures),
    `${answer.method} ${answer.path} answered ${answer.status}${said === '' ? '' : `: ${said}`}`,
    { facts: { ...answerFacts(answer), answer: said }, ...(wait === undefined ? {} : { retryAfterMs: wait }) },
  );
}

/**
 * The error for a successful answer whose content is not what it should be; `problem` says where and what.
 * The body is left out, since that of a login is a secret.
 */
export function contentFailure(answer: HttpAnswer, code: FailureCode, problem: string): MaskloopError {
  const message = `${answer.method} ${answer.path} answered ${answer.status} with ${problem}`;
  return new MaskloopError(code, message, { facts: { ...answerFacts(answer), problem } });
}

function answerFacts(answer: HttpAnswer): Facts {
  const requestId = answer.headers['x-request-id'];
  const facts = { method: answer.method, path: answer.path, status: answer.status };
  return requestId === undefined ? facts : { ...facts, requestId };
}

function codeOf(status: number, failures: HttpFailures): FailureCode {
  if (status >= 500 || PASSING.has(status)) return failures.unreachable;
  if (status === 401) return failures.loginRefused;
  if (status === 403) return failures.forbidden;
  return status >= 400 ? failures.rejected : failures.unexpected;
}

/** Where a redirect leads, without its query: enough to see a wrong scheme or host in the base url. */
function redirectText(answer: HttpAnswer): string | null {
  if (answer.status < 300 || answer.status > 399) return null;
  const location = answer.headers['location'];
  if (location === undefined || !URL.canParse(location, 'http://same-host')) return 'a redirect';
  const url = new URL(location, 'http://same-host');
  return `a redirect to ${url.host === 'same-host' ? '' : url.origin}${url.pathname}, which is not followed`;
}
