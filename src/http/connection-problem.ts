import { MaskloopError } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';
import type { HttpRequest } from './http.ts';

const MEANINGS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection reset',
  ENOTFOUND: 'host name not found',
  EAI_AGAIN: 'host name not resolved',
  ETIMEDOUT: 'no connection in time',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
  UND_ERR_HEADERS_TIMEOUT: 'no answer in time',
  UND_ERR_BODY_TIMEOUT: 'the answer stopped midway',
  UND_ERR_SOCKET: 'connection closed',
};

/** A pooled connection that the server had closed looks like one of these on its next use. */
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

/** True where the connection broke, as opposed to an answer, a refusal or a silence. */
export function isBrokenConnection(error: unknown): boolean {
  return BROKEN.has(codeOf(error) ?? '');
}

/** True for what undici says of a call that could never be sent, such as a header with a line end. */
export function isBadCall(error: unknown): boolean {
  return codeOf(error) === 'UND_ERR_INVALID_ARG';
}

/** The error for a request that got no complete answer. The reason is the system's code, which holds no secret. */
export function connectionFailure(
  error: unknown,
  { method, path: target }: Pick<HttpRequest, 'method' | 'path'>,
  at: { readonly origin: string; readonly code: FailureCode },
): MaskloopError {
  const path = target.replace(/\?.*$/s, '');
  const reason = codeOf(error) ?? 'unknown';
  const meaning = MEANINGS[reason] === undefined ? reason : `${MEANINGS[reason]} (${reason})`;
  return new MaskloopError(at.code, `${method} ${path} was not answered by ${at.origin}: ${meaning}`, {
    facts: { method, path, reason },
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : undefined;
}
