import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCheckCompletion } from '../../src/activities/check-completion.ts';
import type { ActivityDependencies } from '../../src/activities/dependencies.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { pauseSignal, statusQuery } from '../../src/contracts/messages.ts';
import type { FaultRule } from '../../src/sandbox/faults/fault.ts';
import { findWaiting } from '../../src/operations/find-waiting.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { listRunning } from '../../src/operations/list-iterations.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig, type Rig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { openWebhookSite, WEBHOOK_SECRET, type HookedTask, type WebhookSite } from '../kit/webhook-site.ts';

/** Nobody polls within a test of wake-ups. */
const NEVER_MS = 3_600_000;
/** Where messages are lost, the poll finds it. */
const POLL_MS = 1000;
const JOBS = 3;
const PATIENCE_MS = 20_000;

/** Tellings of each change that are answered with an error, or not at all, are repeated three times. */
const TELLINGS = 4;

interface Scenario {
  readonly when: string;
  readonly rule: FaultRule | null;
  readonly pollMs: number;
  /** Most reads for each change, where nobody polls. */
  readonly most?: number;
}

const SCENARIOS: readonly Scenario[] = [
  { when: 'all goes well', rule: null, pollMs: NEVER_MS, most: 2 },
  { when: 'each comes twice', rule: { fault: { kind: 'duplicate' } }, pollMs: NEVER_MS, most: 2 },
  { when: 'each is late', rule: { fault: { kind: 'delay', ms: 700, told: true } }, pollMs: NEVER_MS, most: 2 },
  { when: 'they are out of order', rule: { fault: { kind: 'reorder', withinMs: 300 } }, pollMs: NEVER_MS, most: 2 },
  { when: 'answers to them are lost', rule: { fault: { kind: 'reset-after' } }, pollMs: NEVER_MS, most: TELLINGS },
  { when: 'each is lost', rule: { fault: { kind: 'lose' } }, pollMs: POLL_MS },
  { when: 'the server is not reached', rule: { fault: { kind: 'refuse' } }, pollMs: POLL_MS },
];

interface Begun {
  readonly place: HookedTask;
  readonly handle: IterationHandle;
  readonly reads: () => number;
}

/** An iteration over a task of the stand-in: its jobs are read there, its other steps succeed. */
async function withIterations(
  temporal: TestTemporal,
  site: WebhookSite,
  pollMs: readonly number[],
  changes: Partial<IterationInput>,
  body: (begun: readonly Begun[], rig: Rig) => Promise<void>,
): Promise<void> {
  const places = new Map<string, HookedTask>();
  for (const at of pollMs.keys()) places.set(`Task ${at}`, await site.makeTask(JOBS));
  const reads = new Map<string, number>();
  const folder = await mkdtemp(join(tmpdir(), 'maskloop-webhooks-'));
  const store = createFolderStore(folder);
  const dependencies = { connect: () => ({ cvat: site.cvat, monai: null }), store, installation: null };
  const read = createCheckCompletion(dependencies as unknown as ActivityDependencies);
  const { activities } = fakeActivities({
    ensureTask: async ({ input }) => places.get(input.task)?.task ?? Promise.reject(new Error('no such task')),
    checkCompletion: async (args) => {
      reads.set(args.input.task, (reads.get(args.input.task) ?? 0) + 1);
      if (args.terms === undefined) throw new Error('the poll was told no terms');
      // Nothing was uploaded here, so no table of labels is in a store.
      return read({ ...args, terms: { ...args.terms, labelTable: null, importedShapes: 0 } });
    },
  });
  await withRig(temporal, { activities }, async (rig) => {
    const begun = await Promise.all(
      [...places].map(async ([task, place], at): Promise<Begun> => {
        const completion = { rule: 'state', pollMs: pollMs[at] ?? NEVER_MS, ...changes.completion } as const;
        const handle = await startIteration(rig, { ...changes, task, completion });
        await untilStatus(handle, ({ waitingFor }) => waitingFor === 'people', sleep);
        return { place, handle, reads: () => reads.get(task) ?? 0 };
      }),
    );
    await until(() => begun.every((one) => one.reads() > 0));
    // The index, by which a wake-up finds who waits, follows a moment later.
    for (const { place } of begun) {
      const task = { connection: 'default', what: 'task', id: place.task.taskId } as const;
      while ((await findWaiting(rig.client, task)).length === 0) await sleep(20);
    }
    await body(begun, rig);
  });
  await rm(folder, { recursive: true });
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = performance.now() + PATIENCE_MS; performance.now() < end && !holds();) await sleep(20);
  expect(holds()).toBe(true);
}

async function completeAll(site: WebhookSite, { place }: Begun): Promise<void> {
  for (const { id } of place.jobs) await site.cvat.updateJob(id, { state: 'completed' });
}

/** The steps that were done; without the patience for a poll that would come in an hour. */
async function outcomeOf({ handle }: Begun): Promise<unknown> {
  const ended = await Promise.race([handle.result(), sleep(PATIENCE_MS, 'never woken', { ref: false })]);
  if (ended === 'never woken') return ended;
  const { steps, results } = await handle.query(statusQuery);
  return { steps: steps.map(({ step, outcome }) => `${step} ${outcome}`), jobs: results.completion?.jobs };
}

/** Sends a message as CVAT would; the status of the answer. */
async function deliver(site: WebhookSite, message: object, secret: string): Promise<number> {
  const body = JSON.stringify(message);
  const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const headers = { 'content-type': 'application/json', 'x-signature-256': signature };
  return (await fetch(`${site.serverUrl}/webhooks/cvat`, { method: 'POST', body, headers })).status;
}

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

describe.each(['2.54.1', '2.73.0'] as const)('the webhooks of CVAT %s', (version) => {
  let site: WebhookSite;
  beforeAll(async () => {
    site = await openWebhookSite(temporal, version);
  });
  afterAll(async () => site.close());

  it('change when an iteration goes on, never how, whatever becomes of its messages', async () => {
    const pollMs = SCENARIOS.map((scenario) => scenario.pollMs);
    await withIterations(temporal, site, pollMs, {}, async (begun) => {
      for (const [at, { rule }] of SCENARIOS.entries()) if (rule !== null) begun[at]?.place.faults.add(rule);
      await Promise.all(begun.map(async (one) => completeAll(site, one)));
      const outcomes = await Promise.all(begun.map(outcomeOf));
      const first = outcomes[0];
      expect(first).toMatchObject({ jobs: JOBS, steps: expect.arrayContaining(['wait done', 'collect done']) });
      const byName = SCENARIOS.map(({ when }, at) => [when, outcomes[at]]);
      expect(byName).toEqual(SCENARIOS.map(({ when }) => [when, first]));
      // One read at first and few for each change, however often it is told.
      const tooOften = SCENARIOS.filter(({ most }, at) => (begun[at]?.reads() ?? 0) > 1 + (most ?? Infinity) * JOBS);
      expect(tooOften).toEqual([]);
    });
  }, 240_000);
});

describe('the webhooks of a CVAT', () => {
  let site: WebhookSite;
  beforeAll(async () => {
    site = await openWebhookSite(temporal, '2.73.0');
  });
  afterAll(async () => site.close());

  it('wake nobody when forged, only have CVAT read when replayed, and leave alone who waits for a decision of people', async () => {
    await withIterations(temporal, site, [NEVER_MS, NEVER_MS], {}, async ([one, paused], rig) => {
      if (one === undefined || paused === undefined) throw new Error('not begun');
      await paused.handle.signal(pauseSignal, { by: 'tester' });
      await untilStatus(paused.handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      const eventsBefore = (await rig.client.workflow.getHandle(paused.handle.workflowId).describe()).historyLength;
      const send = async (taskId: number, secret: string): Promise<number> => {
        const job = { task_id: taskId, state: 'completed' };
        return deliver(site, { event: 'update:job', job, before_update: { state: 'new' } }, secret);
      };
      for (let times = 0; times < 20; times += 1) expect(await send(one.place.task.taskId, 'forged')).toBe(401);
      await sleep(500);
      expect(one.reads()).toBe(1);
      const begun = performance.now();
      for (let times = 0; times < 50; times += 1) {
        expect(await send(one.place.task.taskId, WEBHOOK_SECRET)).toBe(202);
        expect(await send(paused.place.task.taskId, WEBHOOK_SECRET)).toBe(202);
      }
      const seconds = (performance.now() - begun) / 1000;
      await sleep(800);
      await until(() => one.reads() > 1);
      // They say that jobs are completed; CVAT says that none is.
      expect((await one.handle.query(statusQuery)).step).toBe('wait');
      // One read at first, and of the wake-ups one in 200 ms at most.
      expect(one.reads()).toBeLessThan(5 + seconds * 5);
      const eventsAfter = (await rig.client.workflow.getHandle(paused.handle.workflowId).describe()).historyLength;
      // The query above may have cost a task.
      expect(eventsAfter - eventsBefore).toBeLessThan(8);
      await completeAll(site, one);
      expect(await outcomeOf(one)).toMatchObject({ jobs: JOBS });
    });
  }, 240_000);

  it('have CVAT read while a deadline has passed and a person is asked, not while the task is gone', async () => {
    const at = new Date(Date.now() + 8000).toISOString();
    const deadline = { at, afterMs: null, policy: 'attention' } as const;
    const completion = { rule: 'state', pollMs: NEVER_MS, deadline } as const;
    await withIterations(temporal, site, [NEVER_MS, NEVER_MS], { completion }, async ([one, gone], { client }) => {
      if (one === undefined || gone === undefined) throw new Error('not begun');
      await site.cvat.deleteTask(gone.place.task.taskId);
      await untilStatus(gone.handle, ({ trouble }) => trouble?.code === 'TaskGone', sleep);
      const asked = await untilStatus(one.handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(asked.trouble?.code).toBe('DeadlinePassed');
      await sleep(300);
      expect((await listRunning(client)).map(({ waitingFor }) => waitingFor)).toEqual(['decision', 'decision']);
      const place = { connection: 'default', what: 'task' } as const;
      expect(await findWaiting(client, { ...place, id: gone.place.task.taskId })).toEqual([]);
      await completeAll(site, one);
      expect(await outcomeOf(one)).toMatchObject({ jobs: JOBS });
    });
  }, 240_000);

  it('tell of tasks that are deleted, one by one or with their project, whatever its name', async () => {
    const project = `it's "5 \\' OR 1=1" %_`;
    await withIterations(temporal, site, [NEVER_MS, NEVER_MS], { project }, async ([one, other]) => {
      if (one === undefined || other === undefined) throw new Error('not begun');
      await site.cvat.deleteTask(one.place.task.taskId);
      const status = await untilStatus(one.handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
      expect(status.trouble?.code).toBe('TaskGone');
      expect(other.reads()).toBe(1);
      expect(await deliver(site, { event: 'delete:project', project: { name: 'another' } }, WEBHOOK_SECRET)).toBe(202);
      expect(await deliver(site, { event: 'delete:project', project: { name: project } }, WEBHOOK_SECRET)).toBe(202);
      await until(() => other.reads() >= 2);
      expect(other.reads()).toBe(2);
    });
  }, 240_000);
});
