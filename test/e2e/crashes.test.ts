import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Server } from '../../scripts/processes/maskloop-process.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import type { RequestFilter } from '../../src/sandbox/request-log.ts';
import { openCrashSite, type CrashSite } from '../kit/crash-site.ts';
import { startDevServer, type DevServer } from '../kit/temporal/dev-server.ts';
import { workflowBundle } from '../kit/temporal/bundle.ts';
import { fetchRunHistories } from '../kit/temporal/run-histories.ts';
import { verifyRuns } from '../kit/temporal/verify-runs.ts';

const TASKS: RequestFilter = { server: 'cvat', method: 'POST', path: /^\/api\/tasks$/, status: 201 };
const IMPORTS: RequestFilter = {
  server: 'cvat',
  method: 'POST',
  path: /\/annotations$/,
  uploadPhase: 'finish',
  status: 202,
};
const TRAININGS: RequestFilter = { server: 'monai', method: 'POST', path: /^\/train\//, status: 200 };

const FRAMES = 12;

let temporal: DevServer;
let site: CrashSite;
/** The one that lives. */
let worker: Server;
beforeAll(async () => {
  temporal = await startDevServer();
  site = await openCrashSite(temporal, FRAMES);
  worker = await site.worker();
  await site.start();
}, 240_000);
afterAll(async () => {
  await site.close();
  await temporal.close();
}, 240_000);

interface Crash {
  readonly during: string;
  readonly activity: keyof IterationActivities;
  /** What the stand-ins must have been asked already. */
  readonly after?: RequestFilter;
}

const CRASHES: readonly Crash[] = [
  { during: 'upload', activity: 'importPreannotations', after: IMPORTS },
  { during: 'wait', activity: 'checkCompletion' },
  { during: 'train', activity: 'watchTraining', after: TRAININGS },
];

/** The tests follow one iteration: each kills the worker that the one before has started. */
describe('an iteration whose worker is killed with SIGKILL and started again', () => {
  it('in the middle of the shards finds those that are finished, and converts each of the others once', async () => {
    await site.freezeIn(worker, 'convertShard', async () => (await site.shards()).size >= 2);
    await site.kill(worker);
    const before = await site.shards();
    expect(before.size).toBeLessThan(FRAMES);

    worker = await site.worker();
    await site.freezeIn(worker, 'importPreannotations');

    const after = await site.shards();
    expect(after.size).toBe(FRAMES);
    // A shard that is done again is written to a new file.
    expect([...after].filter(([name]) => before.has(name))).toEqual(expect.arrayContaining([...before]));
  }, 400_000);

  it.each(CRASHES)(
    'in the middle of $during goes on',
    async ({ activity, after }) => {
      const asked = async (): Promise<boolean> => after === undefined || (await site.count(after)) === 1;
      await site.freezeIn(worker, activity, asked);
      await site.kill(worker);
      expect(await site.receipts()).toEqual([]);
      worker = await site.worker();
    },
    120_000,
  );

  it('ends with one task, one import, one training and one receipt, and can be replayed', async () => {
    const { client, id } = site;
    await client.workflow.getHandle(id).result();
    expect(await Promise.all([TASKS, IMPORTS, TRAININGS].map(site.count))).toEqual([1, 1, 1]);
    expect(await site.receipts()).toEqual([`receipts/${id}.json`]);
    const [run] = await verifyRuns(await fetchRunHistories(client, [{ workflowId: id }]), await workflowBundle());
    expect(run?.events).toBeLessThan(500);
  }, 400_000);
});
