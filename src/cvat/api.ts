import type { ZodType } from 'zod';
import { isMaskloopError } from '../contracts/error.ts';
import type { Http, HttpFailures, HttpRequest } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';

export const CVAT_HTTP_FAILURES: HttpFailures = {
  unreachable: 'CvatUnreachable',
  loginRefused: 'CvatLoginRefused',
  forbidden: 'CvatForbidden',
  rejected: 'CvatRejected',
  unexpected: 'CvatUnexpectedAnswer',
};

/** Sends a request and parses its JSON. @throws `CvatUnexpectedAnswer`, naming the place in the JSON, besides the transport's codes */
export async function fetchJson<T>(http: Http, request: HttpRequest, schema: ZodType<T>): Promise<T> {
  return parseAnswer(await http.send(request), schema, 'CvatUnexpectedAnswer');
}

/** `?a=1&b=x+y` of the entries that are not null. */
export function query(entries: Readonly<Record<string, string | number | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(entries)) if (value !== null) search.append(name, String(value));
  return `?${search.toString()}`;
}

/**
 * True for CVAT's "No Task matches the given query." A 404 may also mean an unknown organization or a wrong address,
 * and neither says that the object is gone.
 */
export function isMissing(error: unknown, what: 'Project' | 'Task'): boolean {
  if (!isMaskloopError(error, 'CvatRejected') || error.facts['status'] !== 404) return false;
  const answer = error.facts['answer'];
  return typeof answer === 'string' && answer.startsWith(`No ${what} matches`);
}

/**
 * Path and query of an absolute address that CVAT wrote. Its scheme and host come from the Host header that reached
 * CVAT, which behind a proxy may name another host: ours stays.
 */
export function rebased(address: string): string {
  const { pathname, search } = new URL(address, 'http://cvat');
  return pathname.slice(Math.max(0, pathname.indexOf('/api/'))) + search;
}
