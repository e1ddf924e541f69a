import type { TaskRef } from '../../src/contracts/refs.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { ActivitySite } from './activity-site.ts';
import { call } from './annotate.ts';
import type { RaceSite } from './race-seal.ts';
import { talk } from './talk.ts';

/** The stand-in of a site, with a task, as a place for races. */
export function raceSite(site: ActivitySite, task: TaskRef): RaceSite {
  const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
  return {
    cvat: site.cvat,
    store: site.store,
    seal: async () => site.run('sealLabels', { task }),
    check: async (seal) => site.run('checkSeal', { task, seal }),
    read: async (path) =>
      (await talk(site.sandbox.url, 'GET', path, { headers: { authorization: `Basic ${login}` } })).json,
    send: async (method, path, body) => call(site, method, path, body),
  };
}
