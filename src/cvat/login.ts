import { isDeepStrictEqual } from 'node:util';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http, HttpRequest } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import { authorizationOf, type CvatCredentials } from './credentials.ts';
import { loginWire } from './wire/request.ts';

/** A transport that logs in, and what is known of its login. */
export interface LoggedIn {
  readonly http: Http;
  /** True while the login is the one that CVAT has refused last: to try it again would only count as another attack. */
  readonly isRefused: () => Promise<boolean>;
}

/**
 * A transport that logs in. Login happens once, at the first request; its key is shared by all requests and never logged
 * out, since CVAT gives every client of a user the same key. When an answer is 401, the credentials are read again and, for a
 * password, the login is done again (another client may have logged out, or CVAT have lost its sessions): once, then
 * `CvatLoginRefused` is thrown. `gateway` gives the headers that may be a login of their own.
 */
export function withLogin(
  http: Http,
  credentials: () => Promise<CvatCredentials>,
  gateway: () => Readonly<Record<string, string>> = () => ({}),
): LoggedIn {
  let current: Promise<Login> | null = null;
  let refused: Presented | null = null;

  async function readAndLogIn(): Promise<Login> {
    const found = await credentials();
    try {
      return await logIn(http, found);
    } catch (error) {
      if (isMaskloopError(error, 'CvatLoginRefused')) refused = { login: found, headers: gateway() };
      throw error;
    }
  }

  function authorization(): Promise<Login> {
    current ??= readAndLogIn().catch((error: unknown) => {
      current = null;
      throw error;
    });
    return current;
  }

  /** Forgets an authorization that was refused, unless another request already has. */
  async function forget(used: Login, by: Promise<Login>): Promise<void> {
    if (current === by || (current !== null && (await current.catch(() => used)).value === used.value)) current = null;
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
        refused = { login: renewed.by, headers: gateway() };
        throw error;
      }
      return http.send(authorized(request, renewed.value));
    }
  }

  return {
    http: { ...http, send },
    isRefused: async () =>
      refused !== null && isDeepStrictEqual(refused, { login: await credentials(), headers: gateway() }),
  };
}

/** What was shown at the door. */
interface Presented {
  readonly login: CvatCredentials;
  readonly headers: Readonly<Record<string, string>>;
}

/** What goes into the `Authorization` header. */
interface Login {
  readonly value: string;
  /** True if CVAT has just made it valid; false for a token that was only read. */
  readonly fresh: boolean;
  readonly by: CvatCredentials;
}

async function logIn(http: Http, found: CvatCredentials): Promise<Login> {
  if (found.kind === 'token') return { value: authorizationOf(found.token), fresh: false, by: found };
  const { username, password } = found;
  try {
    const answer = await http.send({ method: 'POST', path: '/api/auth/login', json: { username, password } });
    return {
      value: authorizationOf(parseAnswer(answer, loginWire, 'CvatUnexpectedAnswer').key),
      fresh: true,
      by: found,
    };
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
