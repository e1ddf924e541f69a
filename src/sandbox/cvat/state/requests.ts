import type { CvatState } from './cvat-state.ts';
import type { BackgroundRequest, RequestType } from './entities.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** How long CVAT remembers a request after its end, in milliseconds. */
const KEPT_MS = {
  'create:task': { finished: 500 * SECOND, failed: 365 * DAY },
  'import:annotations': { finished: HOUR, failed: 30 * DAY },
  'export:annotations': { finished: DAY, failed: DAY },
  'export:dataset': { finished: DAY, failed: DAY },
} as const satisfies Record<RequestType, { finished: number; failed: number }>;

export function isOpen(request: BackgroundRequest): boolean {
  return request.status === 'queued' || request.status === 'started';
}

/** A request that CVAT still remembers. */
export function findRequest(state: CvatState, id: string): BackgroundRequest | undefined {
  const request = state.requests.get(id);
  if (request?.expiry != null && Date.parse(request.expiry) <= state.now()) {
    state.requests.delete(id);
    return undefined;
  }
  return request;
}

export function beginRequest(
  state: CvatState,
  request: Omit<
    BackgroundRequest,
    'created' | 'status' | 'message' | 'started' | 'firstStarted' | 'finished' | 'expiry' | 'result'
  >,
): BackgroundRequest {
  const begun: BackgroundRequest = {
    ...request,
    created: state.stamp(),
    status: 'queued',
    message: '',
    started: null,
    firstStarted: null,
    finished: null,
    expiry: null,
    result: null,
  };
  state.requests.set(begun.id, begun);
  return begun;
}

/** Ends a request: with a message it has failed. */
export function endRequest(state: CvatState, request: BackgroundRequest, message = ''): void {
  request.status = message === '' ? 'finished' : 'failed';
  request.message = message;
  request.finished = state.stamp();
  const endedAt = Date.parse(request.finished);
  const microseconds = request.finished.slice(-4);
  request.expiry = new Date(endedAt + KEPT_MS[request.type][request.status]).toISOString().replace('Z', microseconds);
}
