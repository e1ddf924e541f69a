/**
 * Measures how long it takes from a job's completion in CVAT to the decision that people are done: webhook, signature,
 * signal, read. CVAT is a stand-in on this machine, everything else is real.
 *
 *     npx tsx scripts/bench-wake.ts [TRIES]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCheckCompletion } from '../src/activities/check-completion.ts';
import type { TaskRef } from '../src/contracts/refs.ts';
import { inThisThread } from '../src/coco/mask-batches.ts';
import { createFolderStore } from '../src/storage/folder-store.ts';
import { fakeActivities } from '../test/kit/fake-activities.ts';
import { startIteration, untilStatus } from '../test/kit/start-iteration.ts';
import { startDevServer } from '../test/kit/temporal/dev-server.ts';
import { startRig } from '../test/kit/temporal/rig.ts';
import { openWebhookSite } from '../test/kit/webhook-site.ts';
import { median } from './bench/median.ts';

const tries = Number(process.argv[2] ?? 20);
const temporal = await startDevServer();

const folder = await mkdtemp(join(tmpdir(), 'maskloop-bench-wake-'));
for (const version of ['2.54.1', '2.73.0'] as const) {
  const site = await openWebhookSite(temporal, version);
  const tasks = new Map<string, TaskRef>();
  const decided = new Map<string, number>();
  const read = createCheckCompletion({
    connect: () => ({ cvat: site.cvat, monai: null, trainer: null }),
    store: createFolderStore(folder),
    masks: inThisThread,
    installation: null,
    version: 'bench',
  });
  const { activities } = fakeActivities({
    ensureTask: async ({ input }) => tasks.get(input.task) ?? Promise.reject(new Error('no such task')),
    checkCompletion: async (args) => {
      if (args.terms === undefined) throw new Error('the poll was told no terms');
      // Nothing was uploaded here, so no table of labels is in a store.
      const completion = await read({ ...args, terms: { ...args.terms, labelTable: null, importedShapes: 0 } });
      decided.set(args.input.task, performance.now());
      return completion;
    },
  });
  const rig = await startRig(temporal, { activities });
  const waits: number[] = [];
  for (let at = 0; at < tries; at += 1) {
    const task = `Task ${at}`;
    const { task: ref, jobs } = await site.makeTask(1);
    tasks.set(task, ref);
    const handle = await startIteration(rig, { task, completion: { rule: 'state', pollMs: 3_600_000 } });
    await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
    await sleep(500);
    const begun = performance.now();
    await site.cvat.updateJob(jobs[0]?.id ?? 0, { state: 'completed' });
    await handle.result();
    waits.push((decided.get(task) ?? Infinity) - begun);
  }
  const most = Math.max(...waits);
  console.log(
    `CVAT ${version}: from completion to decision ${Math.round(median(waits))} ms (median of ${tries}), at most ${Math.round(most)} ms`,
  );
  await rig.finish();
  await site.close();
}
await temporal.close();
await rm(folder, { recursive: true });
