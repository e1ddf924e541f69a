import { createCvat } from '../../src/cvat/client.ts';
import type { Cvat, Job } from '../../src/cvat/cvat.ts';
import { WAKING_EVENTS } from '../../src/cvat/wake-of.ts';
import { runServer } from '../../src/server.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { CvatVersion } from '../../src/sandbox/cvat/state/version.ts';
import { startFaults, type Faults } from '../../src/sandbox/faults/start-faults.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { frameFiles } from '../contract/kit/frames.ts';
import type { TestTemporal } from './temporal/test-temporal.ts';

/** The secret of the webhooks of a site. */
export const WEBHOOK_SECRET = 'the secret of the tests';

/** A stand-in CVAT whose webhooks reach a running server, through a layer of faults. */
export interface WebhookSite {
  readonly cvat: Cvat;
  readonly sandbox: SandboxCvat;
  /** Of the server itself. */
  readonly serverUrl: string;
  /** A project with a webhook and a task of as many jobs. */
  makeTask(jobs: number): Promise<HookedTask>;
  close(): Promise<void>;
}

export interface HookedTask {
  readonly task: TaskRef;
  readonly jobs: readonly Job[];
  /** Between the webhook of this task's project and the server. */
  readonly faults: Faults;
}

let made = 0;

/** Starts everything; wake-ups are joined to one per 200 ms. */
export async function openWebhookSite(temporal: TestTemporal, version: CvatVersion): Promise<WebhookSite> {
  const sandbox = await startSandboxCvat({ version, createTaskMs: 20, webhookTimes: { retryMs: [300, 300, 300] } });
  const credentials = async () => ({ kind: 'password', ...SANDBOX_ADMIN }) as const;
  const cvat = createCvat({ url: sandbox.url, credentials, pace: { firstGapMs: 10 } });
  const server = await startServer(temporal);
  const layers: Faults[] = [];
  const makeTask: WebhookSite['makeTask'] = async (jobs) => {
    const name = `Webhooks ${(made += 1)}`;
    const project = await cvat.createProject({ name, labels: ['tool'] });
    const task = await cvat.createTask({ name, projectId: project.id, bugTracker: '', segmentSize: 1 });
    const frames = Array.from({ length: jobs }, (_, index) => `frame_${index}.png`);
    await cvat.waitForRequest(await cvat.uploadImages(task.id, frameFiles(frames)));
    const faults = await startFaults({ target: server.url });
    layers.push(faults);
    await cvat.createWebhook(project.id, {
      targetUrl: `${faults.url}/webhooks/cvat`,
      description: 'tests',
      secret: WEBHOOK_SECRET,
      events: WAKING_EVENTS,
      isActive: true,
      verifiesTls: true,
    });
    const ref = {
      projectId: project.id,
      taskId: task.id,
      url: cvat.taskUrl(task.id),
      created: true,
      frames: jobs,
      jobs,
      cvatVersion: version,
    };
    return { task: ref, jobs: await cvat.jobs(task.id), faults };
  };
  return {
    cvat,
    sandbox,
    serverUrl: server.url,
    makeTask,
    async close() {
      await server.stop();
      for (const layer of layers) await layer.close();
      await sandbox.close();
    },
  };
}

async function startServer(temporal: TestTemporal): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const end = new AbortController();
  const env = {
    TEMPORAL_ADDRESS: temporal.address,
    MASKLOOP_PORT: '0',
    MASKLOOP_LOG_LEVEL: 'silent',
    CVAT_WEBHOOK_SECRET: WEBHOOK_SECRET,
  };
  let running: Promise<void> = Promise.resolve();
  const url = await new Promise<string>((resolve, reject) => {
    running = runServer({ env, signal: end.signal, wakeEveryMs: 200, onReady: ({ address }) => resolve(address) });
    running.catch(reject);
  });
  return {
    url,
    stop: async () => {
      end.abort();
      await running;
    },
  };
}
