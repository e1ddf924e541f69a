import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http, HttpRequest } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { authorizationOf, type CvatCredentials } from './credentials.ts';
import { loginWire } from './wire/request.ts';

/**
 * A transport that logs in. Login happens once, at the first request; its key is shared by all requests and never logged
 * out, since CVAT gives every client of a user the same key. When an answer is 401, the credentials are read again and, for a
 * password, the login is done again (another client may have logged out, or CVAT have lost its sessions): once, then
 * `CvatLoginRefused` is thrown.
 */
export function withLogin(http: Http, credentials: () => Promise<CvatCredentials>): Http {
  let current: Promise<Login> | null = null;

  function authorization(): Promise<Login> {
    current ??= logIn(http, credentials).catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  }

  /** Forgets an authorization that was refused, unless another request already has. */
  async function forget(refused: Login, by: Promise<Login>): Promise<void> {
    if (current === by || (current !== null && (await current.catch(() => refused)).value === refused.value))
      current = null;
  }

  async function send(request: HttpRequest): Promise<Awaited<ReturnType<Http['send']>>> {
    const first = authorization();
    const used = await unlessAborted(first, request.signal);
    try {
      return await http.send(authorized(request, used.value));
    } catch (error) {
      if (!isMaskloopError(error, 'CvatLoginRefused')) throw error;
      await forget(used, first);
      const second = authorization();
      const renewed = await unlessAborted(second, request.signal);
      // The same token again would be refused again; the same key of a new login is valid from now on.
      if (renewed.value === used.value && !renewed.fresh) {
        await forget(renewed, second);
        throw error;
      }
      return http.send(authorized(request, renewed.value));
    }
  }

  return { ...http, send };
}

/** What goes into the `Authorization` header. */
interface Login {
  readonly value: string;
  /** True if CVAT has just made it valid; false for a token that was only read. */
  readonly fresh: boolean;
}

async function logIn(http: Http, credentials: () => Promise<CvatCredentials>): Promise<Login> {
  const found = await credentials();
  if (found.kind === 'token') return { value: authorizationOf(found.token), fresh: false };
  const { username, password } = found;
  try {
    const answer = await http.send({ method: 'POST', path: '/api/auth/login', json: { username, password } });
    return { value: authorizationOf(parseAnswer(answer, loginWire, 'CvatUnexpectedAnswer').key), fresh: true };
  } catch (error) {
    // CVAT answers 400, not 401, to a wrong password.
    if (!isMaskloopError(error, 'CvatRejected') || error.facts['status'] !== 400) throw error;
    throw new MaskloopError('CvatLoginRefused', error.message, { facts: error.facts });
  }
}

function authorized(request: HttpRequest, authorization: string): HttpRequest {
  return { ...request, headers: { ...request.headers, authorization } };
}

/** Waits for a login that several requests share, so that giving up one of them does not break it for the others. */
function unlessAborted<T>(shared: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return shared;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    shared.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
