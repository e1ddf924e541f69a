import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Operations } from '../../src/operations/operations.ts';
import type { Access } from '../../src/server/access/authenticate.ts';
import { knownTokens, sha256Of } from '../../src/server/access/known-tokens.ts';
import { sessionCookies } from '../../src/server/access/session-cookie.ts';
import type { TokenEntry } from '../../src/server/access/token-file.ts';
import type { ApiParts } from '../../src/server/api/api-parts.ts';
import { eventHub } from '../../src/server/events/event-hub.ts';
import { createApp } from '../../src/server/app.ts';
import { builtPages } from '../../src/server/pages/built-pages.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { fakeIndex, fakePeople } from './fake-index.ts';
import { fakeOperations } from '../unit/cli/fake-context.ts';

/** Tokens of the tests, by name of who has them. */
export const TOKENS = {
  operator: 'operator-token-of-the-tests',
  lead: 'lead-token-of-the-tests',
  viewer: 'viewer-token-of-the-tests',
  north: 'north-token-of-the-tests',
} as const;

const ENTRIES: readonly TokenEntry[] = [
  { name: 'operator', sha256: sha256Of(TOKENS.operator), role: 'operator', connections: null },
  { name: 'lead', sha256: sha256Of(TOKENS.lead), role: 'lead', connections: null },
  { name: 'viewer', sha256: sha256Of(TOKENS.viewer), role: 'viewer', connections: null },
  { name: 'north', sha256: sha256Of(TOKENS.north), role: 'operator', connections: ['north'] },
];

export const SESSION_SECRET = 'the secret of the cookies of the tests';

/** Ways in with the tokens of the tests. */
export function testAccess(changes: Partial<Access> = {}): Access {
  return {
    tokens: knownTokens(null, () => ENTRIES),
    jwt: null,
    cookies: sessionCookies(SESSION_SECRET),
    isOpen: false,
    ...changes,
  };
}

export interface ApiSite {
  readonly url: string;
  readonly port: number;
  readonly store: ArtifactStore;
  readonly lines: string[];
  /** A request with a token; a body is sent as JSON. */
  ask(
    token: string | null,
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> },
  ): Promise<{ readonly status: number; readonly json: unknown; readonly text: string; readonly headers: Headers }>;
  close(): Promise<void>;
}

/** A listening server over operations and an index that a test gives. */
export async function openApiSite(
  operations: Partial<Operations>,
  changes: Partial<ApiParts> = {},
  trustedProxies: readonly string[] = [],
): Promise<ApiSite> {
  const folder = await mkdtemp(path.join(tmpdir(), 'maskloop-api-'));
  const store = changes.store ?? createFolderStore(folder);
  const lines: string[] = [];
  const write = (message: string, facts: unknown): void => void lines.push(`${message} ${JSON.stringify(facts)}`);
  const app = createApp({
    checks: new Map(),
    queue: { size: 0, push: () => true, close: async () => undefined },
    log: { info: write, warn: write },
    temporalAnswers: async () => undefined,
    trustedProxies,
    pages: builtPages(),
    api: {
      operations: fakeOperations(operations),
      index: fakeIndex(),
      people: fakePeople(),
      looks: { material: never, picture: never, jobs: never },
      labelsOfTask: never,
      store,
      events: eventHub({ look: async () => [], everyMs: 60_000, size: 10, log: { info: write, warn: write } }),
      inspect: async () => [],
      access: testAccess(),
      log: { info: write, warn: write },
      version: '1.2.3',
      publicUrl: null,
      roots: [],
      folders: { list: never, refer: never },
      checksAnswers: true,
      ...changes,
    },
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    port: Number(new URL(url).port),
    store,
    lines,
    ask: async (token, method, at, { body, headers = {} } = {}) => {
      const answer = await fetch(url + at, {
        method,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      return { status: answer.status, text, json: jsonOf(text), headers: answer.headers };
    },
    close: async () => {
      await app.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function never(): Promise<never> {
  throw new Error('no look is to be expected');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
