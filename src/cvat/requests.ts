import { setTimeout as sleep } from 'node:timers/promises';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { answerFailure } from '../http/answer-failure.ts';
import type { Http } from '../http/http.ts';
import { parseAnswer } from '../http/parse-answer.ts';
import type { BackgroundRequest, WaitOptions, WaitPace } from './background-request.ts';
import type { Cvat } from './cvat.ts';
import { failureText, isTraceback } from './failure-text.ts';
import { taskMethods } from './tasks.ts';
import { requestWire, type RequestWire } from './wire/request.ts';

const FIRST_GAP_MS = 50;
const LAST_GAP_MS = 2000;
/** A request stays `started` without end when its worker died. */
const DEADLINE_MS = 30 * 60_000;
const SETTLING_MS = 1000;

type RequestMethods = Pick<
  Cvat,
  'awaitTaskCreation' | 'cancelRequest' | 'creationRequest' | 'importRequest' | 'request' | 'waitForRequest'
>;

/** Background jobs of CVAT. */
export function requestMethods(http: Http, pace: WaitPace = {}): RequestMethods {
  async function request(id: string, signal?: AbortSignal): Promise<BackgroundRequest | null> {
    const wire = await read(http, id, signal);
    return wire === null ? null : toRequest(wire);
  }

  return {
    request,
    importRequest: (taskId, signal) => request(importRequestId(taskId), signal).catch(unlessForbidden),
    creationRequest: (taskId, signal) => request(creationRequestId(taskId), signal),
    async cancelRequest(id, signal) {
      const path = `/api/requests/${encodeURIComponent(id)}/cancel`;
      const answer = await http.send({ method: 'POST', path, allow: [400, 404], signal });
      return answer.status === 200;
    },
    waitForRequest: (id, options = {}) => waitForEnd(http, id, { ...pace, ...options }),

    async awaitTaskCreation(taskId, options = {}) {
      const creation = await request(creationRequestId(taskId), options.signal);
      if (creation?.status === 'queued' || creation?.status === 'started')
        await waitForEnd(http, creation.id, { ...pace, ...options });
      return (await taskMethods(http).getTask(taskId, options.signal)).size > 0;
    },
  };
}

/** Imports into a task share one id, under which CVAT refuses to show those of other users. */
function unlessForbidden(error: unknown): null {
  if (isMaskloopError(error, 'CvatForbidden')) return null;
  throw error;
}

function creationRequestId(taskId: number): string {
  return `action=create&target=task&target_id=${taskId}`;
}

/** The id that every import into a task has, one after the other. */
function importRequestId(taskId: number): string {
  return `action=import&target=task&target_id=${taskId}&subresource=annotations`;
}

async function waitForEnd(http: Http, id: string, options: WaitOptions & WaitPace): Promise<BackgroundRequest> {
  const { signal, onPoll, deadlineMs = DEADLINE_MS, firstGapMs = FIRST_GAP_MS, settlingMs = SETTLING_MS } = options;
  const begin = performance.now();
  let createdAt = new Date(0).toISOString();
  for (let settled = false; ;) {
    const wire = (await read(http, id, signal)) ?? forgotten(id, createdAt);
    createdAt = wire.created_date;
    await onPoll?.(toRequest(wire));
    const passedMs = performance.now() - begin;
    if (wire.status === 'failed' && isTraceback(wire.message) && !settled) {
      settled = true;
      await pause(settlingMs, signal);
    } else if (wire.status === 'finished' || wire.status === 'failed') {
      return toRequest(wire);
    } else {
      if (passedMs >= deadlineMs) throw stuck(wire, passedMs);
      await pause(Math.min(nextGapMs(passedMs, firstGapMs), deadlineMs - passedMs), signal);
    }
  }
}

/** A twentieth of the time passed, so that short jobs are noticed at once and long ones cost few reads. */
function nextGapMs(passedMs: number, firstGapMs: number): number {
  return Math.min(LAST_GAP_MS, Math.max(firstGapMs, passedMs * 0.05));
}

async function read(http: Http, id: string, signal: AbortSignal | undefined): Promise<RequestWire | null> {
  const path = `/api/requests/${encodeURIComponent(id)}`;
  const answer = await http.send({ method: 'GET', path, allow: [400, 404], signal });
  if (answer.status === 200) return parseAnswer(answer, requestWire, 'CvatUnexpectedAnswer');
  if (answer.status === 404 && answer.text().startsWith('There is no request')) return null;
  if (answer.text().includes('Task matching query does not exist')) {
    throw new MaskloopError('TaskGone', `The task of request ${id} has been deleted`, { facts: { requestId: id } });
  }
  throw answerFailure(answer, http.failures);
}

/** Stands for a request that CVAT does not know any more, although its end was never seen. */
function forgotten(id: string, createdAt: string): RequestWire {
  const message = 'CVAT no longer knows the request: it was cancelled, or its result has expired';
  return { id, status: 'failed', message, created_date: createdAt };
}

function stuck(wire: RequestWire, passedMs: number): MaskloopError {
  const seconds = Math.round(passedMs / 1000);
  const { id: requestId, status, created_date: createdAt } = wire;
  const owner = wire.owner?.username ?? null;
  const whose = `of ${createdAt}${owner === null ? '' : ` by ${owner}`}`;
  return new MaskloopError('ImportStuck', `Request ${requestId} ${whose} is still ${status} after ${seconds} s`, {
    facts: { requestId, status, createdAt, owner, waitedSeconds: seconds },
  });
}

function toRequest(wire: RequestWire): BackgroundRequest {
  return {
    id: wire.id,
    status: wire.status,
    message: failureText(wire.message),
    createdAt: wire.created_date,
    startedAt: wire.started_date ?? null,
    finishedAt: wire.finished_date ?? null,
    owner: wire.owner?.username ?? null,
  };
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await sleep(ms, undefined, signal === undefined ? {} : { signal }).catch(() => signal?.throwIfAborted());
}
