import { z } from 'zod';

/** Requests to CVAT as one user, who logs in when it is needed. */
export interface Session {
  /** @throws Error for any answer above 399 that a new login does not mend */
  call(method: string, path: string, body?: object): Promise<unknown>;
}

export interface Login {
  /** Without a trailing slash. */
  readonly cvatUrl: string;
  readonly username: string;
  readonly password: string;
}

const keyAnswer = z.object({ key: z.string() });

/** @param signal ends a running request with the signal's reason */
export function createSession(login: Login, signal: AbortSignal): Session {
  let key: string | undefined;

  async function send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${login.cvatUrl}${path}`, {
      method,
      signal,
      headers: {
        ...(key === undefined ? {} : { authorization: `Token ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  async function logIn(): Promise<void> {
    key = undefined;
    const { username, password } = login;
    key = keyAnswer.parse(await read(await send('POST', '/api/auth/login', { username, password }))).key;
  }

  return {
    async call(method, path, body) {
      if (key === undefined) await logIn();
      const answer = await send(method, path, body);
      if (answer.status !== 401) return read(answer);
      await answer.arrayBuffer();
      await logIn();
      return read(await send(method, path, body));
    },
  };
}

async function read(answer: Response): Promise<unknown> {
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${text.slice(0, 200)}`);
  return text === '' ? null : JSON.parse(text);
}
