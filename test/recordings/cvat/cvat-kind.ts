import { setTimeout as sleep } from 'node:timers/promises';
import { startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { addUser } from '../../../src/sandbox/cvat/state/users.ts';
import type { Exchange } from '../exchange.ts';
import { piecesOf, type IdMap } from '../id-map.ts';
import type { ServerKind, Stage } from '../server-kind.ts';
import { CVAT_EXCEPTIONS } from './cvat-exceptions.ts';
import { CVAT_ID_PATTERNS, cvatIdKind, inventCvatId, shapeKey } from './cvat-ids.ts';
import { startReceiver } from './receiver.ts';
import { createWorkerSteps, type WorkerSteps } from './worker-steps.ts';

/** The administrator of the recorded servers, made for the recording. */
const ADMIN = { username: 'django', password: 'A1b2c345', isAdmin: true };

/** One second attempt comes within a recording; further ones, and answers that never come, were not waited for. */
const QUICK_WEBHOOKS = { readMs: 150, retryMs: [100, 3_600_000] };

/** How recordings of CVAT are played. */
export function cvatKind(version: '2.54.1' | '2.73.0'): ServerKind {
  return {
    recording: `cvat-${version}`,
    idPatterns: CVAT_ID_PATTERNS,
    idKind: cvatIdKind,
    inventId: inventCvatId,
    sortKey: shapeKey,
    patienceMs: 300,
    // The stand-in describes itself in words of its own.
    isLoose: ({ path, keys }) =>
      (path === '/api/server/about' && keys[0] === 'description') || keys.at(-1) === 'request_duration',
    exceptions: CVAT_EXCEPTIONS.filter((one) => one.version === undefined || one.version === version),
    start: () => start(version),
  };
}

async function start(version: '2.54.1' | '2.73.0'): Promise<Stage> {
  const steps = createWorkerSteps();
  const cvat = await startSandboxCvat({
    version,
    hold: steps.hold,
    clock: steps.clock,
    allowedHosts: ['127.0.0.1'],
    webhookTimes: QUICK_WEBHOOKS,
  });
  const receiver = await startReceiver();
  cvat.state.users.clear();
  addUser(cvat.state, ADMIN);
  return {
    url: cvat.url,
    names: [
      [new URL(cvat.url).host, 'server.test'],
      [new URL(receiver.url).host, 'receiver.test'],
      [`port=${new URL(receiver.url).port}`, 'port=9373'],
    ],
    headers: (exchange) => (isDirect(exchange) ? {} : { 'x-forwarded-host': new URL(cvat.url).host }),
    before(exchange, _later, ids) {
      receiver.fail(exchange.case === '08-webhook-receiver-500');
      return before(cvat, steps, exchange, ids);
    },
    after: (exchange, later, ids) => after(cvat, steps, exchange, { later, ids }),
    async close() {
      await cvat.close();
      await receiver.close();
    },
  };
}

/** Recorded without the front that names the host which the client asked for. */
function isDirect(exchange: Exchange): boolean {
  return exchange.case.startsWith('10-direct-');
}

/** Brings what is read to the state which it was recorded in. */
async function before(cvat: SandboxCvat, steps: WorkerSteps, exchange: Exchange, ids: IdMap): Promise<void> {
  if (exchange.path.startsWith('/api/webhooks')) await deliveriesMade(cvat);
  if (exchange.status === 429) useUpBudget(cvat, Number(exchange.headers['retry-after']));
  for (const { id, status } of listed(exchange)) {
    if (status === 'started') await steps.bring(cvat, actualId(id, ids), 'started');
    else if (status !== 'queued') await steps.bring(cvat, actualId(id, ids), 'ended');
  }
  if (exchange.path.includes('?status=queued') && listed(exchange).length === 0) await steps.bringAll(cvat, 'started');
  const recorded = requestIdOf(exchange.path);
  if (recorded === undefined) return;
  await breakWorker(cvat, steps, exchange.json, actualId(recorded, ids));
  cvat.state.requestRaces = isHalfWritten(exchange.json) ? 1 : 0;
  const status = statusOf(exchange.json);
  const isCancelledLate = exchange.path.endsWith('/cancel') && exchange.text?.includes('started') === true;
  if (status === 'started' || isCancelledLate) await steps.bring(cvat, actualId(recorded, ids), 'started');
  const isEnded =
    status === 'finished' || status === 'failed' || (exchange.path.includes('/download') && exchange.status !== 400);
  if (isEnded) await steps.bring(cvat, actualId(recorded, ids), 'ended');
}

/** The requests that used it up were not recorded. @param wait seconds until there is some again */
function useUpBudget(cvat: SandboxCvat, wait: number): void {
  const times = Array.from({ length: 100 }, () => cvat.state.now() - (60 - wait) * 1000 - 500);
  cvat.state.anonymous.set('127.0.0.1', times);
}

/** The recordings looked at deliveries seconds after their cause. */
async function deliveriesMade(cvat: SandboxCvat): Promise<void> {
  await cvat.webhooks.idle();
  const failed = [...cvat.state.deliveries.values()].some((one) => one.statusCode >= 500 && one.event !== 'ping');
  if (!failed) return;
  await sleep(2 * (QUICK_WEBHOOKS.retryMs[0] ?? 0));
  await cvat.webhooks.idle();
}

/** Read at the moment at which the state changed. */
function isHalfWritten(json: unknown): boolean {
  const request: Readonly<Record<string, unknown>> = typeof json === 'object' && json !== null ? { ...json } : {};
  const { status, started_date: started, finished_date: finished } = request;
  return (status === 'started' && started === null) || (status === 'finished' && finished === null);
}

/** Requests in a recorded list. */
function listed({ path, json }: Exchange): readonly { id: string; status: string }[] {
  const isList = /^\/api\/requests(?:\?|$)/.test(path) && typeof json === 'object' && json !== null;
  if (!isList || !('results' in json) || !Array.isArray(json.results)) return [];
  return json.results.flatMap((one: unknown) => {
    const id = typeof one === 'object' && one !== null && 'id' in one ? String(one.id) : undefined;
    return id === undefined ? [] : [{ id, status: statusOf(one) }];
  });
}

/** Does to the worker what the recording shows was done to the real one. */
async function breakWorker(cvat: SandboxCvat, steps: WorkerSteps, json: unknown, id: string): Promise<void> {
  const message = typeof json === 'object' && json !== null && 'message' in json ? String(json.message) : '';
  if (message.startsWith('Work-horse terminated')) {
    await steps.bring(cvat, id, 'started');
    cvat.importWorker.killWorkHorse();
  }
  if (message.startsWith('Job was stuck')) {
    await steps.bring(cvat, id, 'started');
    cvat.importWorker.kill();
    steps.passTime(100_000);
    cvat.importWorker.start();
  }
}

/** Ends a request at once if the recording does not look at it again. */
async function after(
  cvat: SandboxCvat,
  steps: WorkerSteps,
  exchange: Exchange,
  { later, ids }: { later: readonly Exchange[]; ids: IdMap },
): Promise<void> {
  const recorded = acceptedId(exchange);
  if (recorded === undefined) return;
  const next = later.find((one) => requestIdOf(one.path) === recorded || rqIdOf(one.json) === recorded);
  const isWatched = next !== undefined && acceptedId(next) === undefined;
  if (!isWatched) await steps.bring(cvat, actualId(recorded, ids), 'ended');
}

function acceptedId(exchange: Exchange): string | undefined {
  return exchange.status === 202 ? rqIdOf(exchange.json) : undefined;
}

function requestIdOf(path: string): string | undefined {
  const encoded = /\/api\/requests\/([^/?]+)/.exec(path)?.[1] ?? /[?&]rq_id=([^&]+)/.exec(path)?.[1];
  return encoded === undefined ? undefined : decodeURIComponent(encoded);
}

function rqIdOf(json: unknown): string | undefined {
  const hasId = typeof json === 'object' && json !== null && 'rq_id' in json;
  return hasId && typeof json.rq_id === 'string' ? json.rq_id : undefined;
}

function statusOf(json: unknown): string {
  const hasStatus = typeof json === 'object' && json !== null && 'status' in json;
  return hasStatus && typeof json.status === 'string' ? json.status : '';
}

function actualId(recorded: string, ids: IdMap): string {
  return piecesOf(recorded, CVAT_ID_PATTERNS)
    .map((piece) => (typeof piece === 'string' ? piece : (ids.actual(piece.kind, piece.id) ?? piece.id)))
    .join('');
}
