import { createCvat, type CvatOptions } from '../../../src/cvat/client.ts';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import { servers, type Reply, type ScriptedServer, type Seen } from '../http/scripted-server.ts';

/** A login key as CVAT makes them. */
export const KEY = 'a'.repeat(40);

/** Answers by `METHOD /path` without the query; a function gets the request and how often this route was asked before. */
export type Routes = Readonly<Record<string, Reply | ((seen: Seen, times: number) => Reply | undefined)>>;

export interface CvatUnderTest {
  readonly cvat: Cvat;
  readonly server: ScriptedServer;
  /** `METHOD /path?query` of all requests so far. */
  asked(): string[];
}

/** Clients against scripted servers; `closeAll` belongs into `afterEach`. */
export function cvatServers(): {
  start: (routes: Routes, options?: Partial<CvatOptions>) => Promise<CvatUnderTest>;
  closeAll: () => Promise<void>;
} {
  const { open, closeAll } = servers();
  async function start(routes: Routes, options: Partial<CvatOptions> = {}): Promise<CvatUnderTest> {
    const times = new Map<string, number>();
    const server = await open((seen) => {
      const route = `${seen.method} ${seen.path.replace(/\?.*$/, '')}`;
      const before = times.get(route) ?? 0;
      times.set(route, before + 1);
      const reply = routes[route];
      if (reply === undefined) return { status: 404, body: '<html><title>Not Found</title></html>' };
      return typeof reply === 'function' ? reply(seen, before) : reply;
    });
    const credentials = async () => ({ kind: 'token', token: KEY }) as const;
    const cvat = createCvat({ url: server.url, credentials, ...options });
    return { cvat, server, asked: () => server.seen.map(({ method, path }) => `${method} ${path}`) };
  }
  return { start, closeAll };
}

/** One page of a list. */
export function page(results: readonly unknown[], count: number = results.length, next: string | null = null): Reply {
  return { json: { count, next, previous: null, results } };
}

export function taskJson(id: number, more: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    name: `task ${id}`,
    project_id: 1,
    bug_tracker: '',
    size: 4,
    updated_date: '2026-01-01T00:00:00Z',
    ...more,
  };
}

export function requestJson(id: string, status: string, message = ''): Reply {
  return {
    json: { id, status, message, created_date: '2026-01-01T00:00:00Z', started_date: null, finished_date: null },
  };
}
