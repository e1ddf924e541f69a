import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
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

let temporal: DevServer;
let site: CrashSite | undefined;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterEach(async () => {
  await site?.close();
  site = undefined;
});
afterAll(async () => temporal.close());

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

describe('a worker killed with SIGKILL and started again', () => {
  it('in the middle of the shards finds those that are finished, and converts each of the others once', async () => {
    const frames = 12;
    const { id, client, ...crash } = (site = await openCrashSite(temporal, 'Iteration_convert', frames));
    const first = await crash.worker();
    await crash.start();
    await crash.freezeIn(first, 'convertShard', async () => (await crash.shards()).size >= 2);
    await first.signal('SIGKILL');
    const before = await crash.shards();
    expect(before.size).toBeLessThan(frames);

    await crash.worker();
    await client.workflow.getHandle(id).result();

    const after = await crash.shards();
    expect(after.size).toBe(frames);
    // A shard that is done again is written to a new file.
    expect([...after].filter(([name]) => before.has(name))).toEqual(expect.arrayContaining([...before]));
    expect(await Promise.all([TASKS, IMPORTS, TRAININGS].map(crash.count))).toEqual([1, 1, 1]);
    expect(await crash.receipts()).toEqual([`receipts/${id}.json`]);
    const [run] = await verifyRuns(await fetchRunHistories(client, [{ workflowId: id }]), await workflowBundle());
    expect(run?.events).toBeLessThan(500);
  }, 120_000);

  it.each(CRASHES)(
    'in the middle of $during leaves one task, one import, one training and one receipt',
    async ({ during, activity, after }) => {
      const { id, client, ...crash } = (site = await openCrashSite(temporal, `Iteration_${during}`));
      const first = await crash.worker();
      await crash.start();
      const asked = async (): Promise<boolean> => after === undefined || (await crash.count(after)) === 1;
      await crash.freezeIn(first, activity, asked);
      await first.signal('SIGKILL');
      expect(await crash.receipts()).toEqual([]);

      await crash.worker();
      await client.workflow.getHandle(id).result();

      expect(await crash.count(TASKS)).toBe(1);
      expect(await crash.count(IMPORTS)).toBe(1);
      expect(await crash.count(TRAININGS)).toBe(1);
      expect(await crash.receipts()).toEqual([`receipts/${id}.json`]);
      const runs = await fetchRunHistories(client, [{ workflowId: id }]);
      await verifyRuns(runs, await workflowBundle());
    },
    120_000,
  );
});
