import { setTimeout as sleep } from 'node:timers/promises';
import {
  SANDBOX_ADMIN,
  startSandboxCvat,
  type SandboxCvat,
  type SandboxCvatOptions,
} from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { talk as ask, type Answer, type Message } from '../../../kit/talk.ts';
import { at, numberAt, textAt } from './json-at.ts';

export { ask };
export type { Answer, Message };

/** Somebody who is logged in. */
export interface Person {
  readonly key: string;
  call(method: string, path: string, message?: Message): Promise<Answer>;
}

export async function logIn(url: string, login: { username: string; password: string }): Promise<Person> {
  const { username, password } = login;
  const key = textAt((await ask(url, 'POST', '/api/auth/login', { json: { username, password } })).json, 'key');
  return {
    key,
    call: (method, path, message = {}) =>
      ask(url, method, path, { ...message, headers: { authorization: `Token ${key}`, ...message.headers } }),
  };
}

export interface Fast {
  readonly cvat: SandboxCvat;
  readonly admin: Person;
}

/** A stand-in whose work takes a few milliseconds, and its administrator. */
export async function startFast(options: SandboxCvatOptions = {}): Promise<Fast> {
  const cvat = await startSandboxCvat({ queuedMs: 2, importMs: 4, createTaskMs: 4, ...options });
  return { cvat, admin: await logIn(cvat.url, SANDBOX_ADMIN) };
}

/** Polls a request to its end and returns it. */
export async function waitFor(person: Person, rqId: string): Promise<unknown> {
  for (let tries = 0; tries < 4000; tries += 1) {
    const { json } = await person.call('GET', `/api/requests/${encodeURIComponent(rqId)}`);
    if (['finished', 'failed'].includes(textAt(json, 'status'))) return json;
    await sleep(3);
  }
  throw new Error(`${rqId} did not end`);
}

/** The id in an answer. */
export function idOf(answer: Answer): number {
  return numberAt(answer.json, 'id');
}

/** One value of the thing behind an address, such as its `updated_date`. */
export async function read(person: Person, path: string, ...keys: (string | number)[]): Promise<unknown> {
  return at((await person.call('GET', path)).json, ...keys);
}
