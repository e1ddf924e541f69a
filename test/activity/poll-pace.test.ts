import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createCheckCompletion } from '../../src/activities/check-completion.ts';
import type { ActivityDependencies } from '../../src/activities/dependencies.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { webhookMark } from '../../src/cvat/our-webhook.ts';
import { WAKING_EVENTS } from '../../src/cvat/wake-of.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import { frameFiles } from '../contract/kit/frames.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { startTarget, type WebhookTarget } from '../unit/sandbox/cvat/webhook-target.ts';

const INSTALLATION = 'of the tests';
const POLL_MS = 60_000;

let sandbox: SandboxCvat;
let target: WebhookTarget;
let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-pace-'));
  sandbox = await startSandboxCvat({ createTaskMs: 10 });
  target = await startTarget();
});
afterAll(async () => {
  await sandbox.close();
  await target.close();
  await rm(dir, { recursive: true, force: true });
});

const client = () =>
  createCvat({ url: sandbox.url, credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }) });

/** A project with tasks of one job, and the poll over them as one worker runs it. */
async function open(tasks: number) {
  const cvat = client();
  const project = await cvat.createProject({ name: `Pace ${Math.random()}`, labels: ['tool'] });
  const refs: TaskRef[] = [];
  for (let at = 0; at < tasks; at += 1) {
    const task = await cvat.createTask({ name: `T${at}`, projectId: project.id, bugTracker: '', segmentSize: null });
    await cvat.waitForRequest(await cvat.uploadImages(task.id, frameFiles(['a.png'])));
    const url = cvat.taskUrl(task.id);
    refs.push({
      projectId: project.id,
      taskId: task.id,
      url,
      created: true,
      frames: 1,
      jobs: 1,
      cvatVersion: '2.73.0',
    });
  }
  const store = createFolderStore(dir);
  const dependencies = { connect: () => ({ cvat, monai: null }), store, installation: INSTALLATION };
  const check = createCheckCompletion(dependencies as unknown as ActivityDependencies);
  const input = iterationInput({ completion: { rule: 'state', pollMs: POLL_MS } });
  const poll = async (task: TaskRef, attempt: number): Promise<unknown> => {
    const env = new MockActivityEnvironment({ attempt }, { logger: new DefaultLogger('ERROR') });
    return env.run(check, { id: 'P/T', input, task }).catch((error: unknown) => error);
  };
  const lists = (): readonly string[] =>
    sandbox.log.entries.filter(({ path }) => path === '/api/jobs').map(({ query }) => query);
  return { cvat, project, refs, poll, lists };
}

describe('the polls of several iterations of a project', () => {
  it('share one list, and read afresh whoever was woken or seems to be done', async () => {
    const { cvat, refs, poll, lists } = await open(3);
    const [first, second, third] = refs;
    if (first === undefined || second === undefined || third === undefined) throw new Error('no tasks');
    for (const ref of refs) expect(await poll(ref, 1)).toMatchObject({ type: 'AnnotationPending' });
    const begun = lists().length;
    for (const ref of refs) expect(await poll(ref, 2)).toMatchObject({ type: 'AnnotationPending' });
    expect(lists().slice(begun)).toEqual([expect.stringContaining('project_id=')]);
    const [job] = await cvat.jobs(first.taskId);
    await cvat.updateJob(job?.id ?? 0, { state: 'completed' });
    // The shared list does not know it yet; a wake-up begins a new poll, which reads.
    expect(await poll(first, 3)).toMatchObject({ type: 'AnnotationPending' });
    expect(await poll(first, 1)).toMatchObject({ jobs: 1 });
  });

  it('never take a shared list for the last word', async () => {
    const { cvat, refs, poll } = await open(2);
    const [first, second] = refs;
    if (first === undefined || second === undefined) throw new Error('no tasks');
    await poll(second, 1);
    await poll(first, 1);
    const [job] = await cvat.jobs(first.taskId);
    await cvat.updateJob(job?.id ?? 0, { state: 'completed' });
    expect(await poll(second, 2)).toMatchObject({ type: 'AnnotationPending' });
    // Reopened after the list was read, which says that it is completed.
    await cvat.updateJob(job?.id ?? 0, { state: 'in progress' });
    expect(await poll(first, 2)).toMatchObject({ type: 'AnnotationPending' });
    await cvat.updateJob(job?.id ?? 0, { state: 'completed' });
    expect(await poll(first, 3)).toMatchObject({ jobs: 1 });
  });
});

describe('the time until the next poll', () => {
  it('is five times as long while the last delivery of our webhook was taken, and no other webhook counts', async () => {
    const { cvat, project, refs, poll } = await open(1);
    const store = createFolderStore(dir);
    const [task] = refs;
    if (task === undefined) throw new Error('no task');
    const delays: unknown[] = [];
    // Each poll by a worker of its own, since one remembers what it was told for a minute.
    const next = async (): Promise<void> => {
      const dependencies = { connect: () => ({ cvat, monai: null }), store, installation: INSTALLATION };
      const check = createCheckCompletion(dependencies as unknown as ActivityDependencies);
      const env = new MockActivityEnvironment({ attempt: 1 }, { logger: new DefaultLogger('ERROR') });
      const input = iterationInput({ completion: { rule: 'state', pollMs: POLL_MS } });
      const failure: unknown = await env.run(check, { id: 'P/T', input, task }).catch((error: unknown) => error);
      delays.push(
        typeof failure === 'object' && failure !== null && 'nextRetryDelay' in failure ? failure.nextRetryDelay : null,
      );
    };
    expect(await poll(task, 1)).toMatchObject({ nextRetryDelay: POLL_MS });
    const settings = { targetUrl: target.url, secret: 's', events: WAKING_EVENTS, isActive: true, verifiesTls: true };
    const other = await cvat.createWebhook(project.id, { ...settings, description: 'of somebody else' });
    await cvat.pingWebhook(other.id);
    await next();
    const ours = await cvat.createWebhook(project.id, { ...settings, description: webhookMark(INSTALLATION) });
    await next();
    await cvat.pingWebhook(ours.id);
    await next();
    await cvat.updateWebhook(ours.id, { events: ['update:task'] });
    await next();
    await cvat.updateWebhook(ours.id, { events: WAKING_EVENTS });
    target.answer((response) => {
      response.statusCode = 401;
      response.end();
    });
    await cvat.pingWebhook(ours.id);
    await next();
    expect(delays).toEqual([POLL_MS, POLL_MS, 5 * POLL_MS, POLL_MS, POLL_MS]);
  });
});
