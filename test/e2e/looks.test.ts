import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { ANSWERS, LOOK_WORKFLOW } from '../../src/contracts/look.ts';
import { TASK_QUEUES } from '../../src/contracts/task-queues.ts';
import { TOKENS, type ApiSite } from '../kit/api-site.ts';
import { openLooksSite, type LooksSite } from '../kit/looks-site.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';

/** Long after every limit of the looks. */
const HANGS_MS = 60_000;

let temporal: DevServer;
let site: LooksSite;
const servers: ApiSite[] = [];

beforeAll(async () => {
  temporal = await startDevServer();
  site = await openLooksSite(temporal);
}, 240_000);
afterAll(async () => {
  await site.close();
  await temporal.close();
}, 60_000);
afterEach(async () => {
  await site.faults.clear();
  for (const server of servers.splice(0)) await server.close();
});

async function openServer(patienceMs?: number): Promise<ApiSite> {
  const server = await site.openServer(patienceMs);
  servers.push(server);
  return server;
}

interface Board {
  readonly iterations: readonly { readonly id: string; readonly failure: { readonly code: string } | null }[];
  readonly jobs: readonly { readonly id: string; readonly url: string }[];
}

const board = async (server: ApiSite): Promise<{ status: number; json: Board }> =>
  (await server.ask(TOKENS.viewer, 'GET', '/api/v1/jobs')) as unknown as { status: number; json: Board };

const withWorker = async (body: () => Promise<void>) =>
  withRig(temporal, { activities: site.ofWorker, taskQueue: TASK_QUEUES.iterations }, body);

/** Looks that Temporal knows to have been asked for since the last call. */
let counted = 0;
function looksSince(): number {
  const all = temporal.starts.runs.filter(({ workflowId }) => workflowId.startsWith(`${LOOK_WORKFLOW}:`)).length;
  const since = all - counted;
  counted = all;
  return since;
}

const jobsOf = (index: 0 | 1): number => site.tasks[index].jobs;

describe('a look at CVAT through Temporal and a worker', () => {
  it('tells two servers that ask at once the same, each by a look of its own, and leaves nothing in the store', async () => {
    const [one, other] = [await openServer(), await openServer()];
    const { runs } = await withWorker(async () => {
      const answers = await Promise.all([board(one), board(one), board(other), board(other)]);
      for (const { status, json } of answers) {
        expect([status, json.iterations.map(({ id, failure }) => [id, failure])]).toEqual([
          200,
          site.ids.map((id) => [id, null]),
        ]);
        expect(json.jobs).toHaveLength(jobsOf(0) + jobsOf(1));
      }
    });
    expect([looksSince(), runs.length]).toEqual([2, 2]);
    expect(await site.activities.store.listNamed(ANSWERS)).toEqual([]);
  });

  it('that one task keeps too long tells of the others, and names the one that is missing', async () => {
    const server = await openServer();
    const path = new RegExp(`task_id=${site.tasks[0].taskId}(&|$)`);
    site.faults.add({ path, fault: { kind: 'delay', ms: HANGS_MS } });
    await withWorker(async () => {
      const { status, json } = await board(server);
      expect(status).toBe(200);
      expect(json.iterations.map(({ failure }) => failure?.code ?? null)).toEqual(['AnswerTooSlow', null]);
      expect(json.jobs.map(({ id }) => id)).toEqual(Array.from({ length: jobsOf(1) }, () => site.ids[1]));
    });
    looksSince();
  });

  it('for which there is no worker ends with what to do, and no worker does it later', async () => {
    const server = await openServer(800);
    const at = `/api/v1/iterations/${encodeURIComponent(site.ids[0])}/jobs`;
    const { status, json } = await server.ask(TOKENS.viewer, 'GET', at);
    expect([status, json]).toMatchObject([
      503,
      { code: 'WorkerSilent', action: expect.stringContaining('maskloop worker') },
    ]);
    const run = temporal.starts.runs.at(-1);
    const { status: ended } = await temporal.env.client.workflow.getHandle(run?.workflowId ?? '').describe();
    expect(ended.name).toBe('TERMINATED');
    looksSince();
  });

  it('whose worker ends meanwhile says that it is gone', async () => {
    const server = await openServer();
    site.faults.add({ path: /\/api\/jobs/, fault: { kind: 'delay', ms: HANGS_MS } });
    const activities = { ...site.ofWorker };
    const asked = site.faults.log.length;
    let answer: Promise<{ status: number; json: unknown }> | undefined;
    await withRig(temporal, { activities, taskQueue: TASK_QUEUES.iterations }, async ({ restartWorker }) => {
      const at = `/api/v1/iterations/${encodeURIComponent(site.ids[0])}/jobs`;
      answer = server.ask(TOKENS.viewer, 'GET', at);
      while (site.faults.log.length === asked) await new Promise((resolve) => setTimeout(resolve, 20));
      await restartWorker();
      const { status, json } = await answer;
      expect([status, json]).toMatchObject([503, { code: 'WorkerSilent' }]);
    });
  });
});
