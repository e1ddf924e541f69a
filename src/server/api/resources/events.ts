import type { ServerResponse } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { readEvents } from '../../../api/endpoints/events.ts';
import { isMaskloopError, MaskloopError } from '../../../contracts/error.ts';
import type { Access } from '../../access/authenticate.ts';
import { sees, type Principal } from '../../access/principal.ts';
import type { RingEvent } from '../../events/event-ring.ts';
import type { ServerEvent } from '../../events/event-hub.ts';
import type { Teller } from '../../told/teller.ts';
import type { ApiParts } from '../api-parts.ts';
import { knownCaller } from '../enter.ts';
import type { Serve } from '../serve.ts';

/** Proxies and pages give up after a minute of silence, or less. In milliseconds. */
const HEARTBEAT_MS = 15_000;

/** A page that comes back waits this long, in milliseconds. */
const RETRY_MS = 2000;

/** Streams at once: each costs a connection. */
const MOST_STREAMS = 500;

/** A reader who takes nothing is cut off when so many bytes wait for him; he comes back and goes on. */
const MOST_WAITING = 256 * 1024;

/** Changes of iterations, one stream a page. */
export function serveEvents(
  serve: Serve,
  { events, access, heartbeatMs = HEARTBEAT_MS }: ApiParts,
  teller: Teller,
): void {
  let streams = 0;
  serve(readEvents, async ({ request, reply, who, signal }) => {
    if (streams >= MOST_STREAMS) {
      throw new MaskloopError('TooManyRequests', `${MOST_STREAMS} streams are open.`, { retryAfterMs: 10_000 });
    }
    streams += 1;
    reply.hijack();
    const out = reply.raw;
    const head = { ...reply.getHeaders(), 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' };
    out.writeHead(200, Object.fromEntries(Object.entries(head).map(([name, value]) => [name, String(value)])));
    out.write(`retry: ${RETRY_MS}\n\n`);
    const lastId = request.headers['last-event-id'];
    const other = new AbortController();
    // Whoever asks is asked for again before anything is told: his page comes back, and sees what he may see then.
    const isStill = async (): Promise<boolean> => {
      if (!(await isSame(access, request, who))) other.abort();
      return !other.signal.aborted;
    };
    let told: Promise<void> = Promise.resolve();
    const tellIfStill = async (event: RingEvent<ServerEvent>): Promise<void> => {
      if (await isStill()) send(out, event, await teller.tell(dataOf(event.value), { who, asked: null }));
    };
    const listener = (event: RingEvent<ServerEvent>): void => {
      if (event.value.kind === 'iteration' && !sees(who, event.value.change.connection)) return;
      // One after the other: whose names may be told is looked up meanwhile.
      told = told.then(async () => tellIfStill(event)).catch(() => void out.destroy());
    };
    const stop = events.listen(listener, typeof lastId === 'string' ? lastId : null);
    const beat = async (): Promise<void> => {
      if ((await isStill()) && !out.writableEnded) out.write(': \n\n');
    };
    const heartbeat = setInterval(() => void beat(), heartbeatMs);
    await endOf(AbortSignal.any([signal, events.closed, untilExpiry(who), other.signal]));
    clearInterval(heartbeat);
    stop();
    streams -= 1;
    out.end();
  });
}

/** True while a token or cookie is of the same person with the same rights. An issuer that is away takes none of them back. */
async function isSame(access: Access, request: FastifyRequest, who: Principal): Promise<boolean> {
  try {
    const now = await knownCaller(access, request);
    return now !== null && rightsOf(now) === rightsOf(who);
  } catch (error) {
    return isMaskloopError(error, 'IssuerUnreachable');
  }
}

function rightsOf({ name, role, connections }: Principal): string {
  return JSON.stringify([name, role, connections]);
}

function dataOf({ kind: _, ...data }: ServerEvent): unknown {
  return 'change' in data ? data.change : data;
}

function send(out: ServerResponse, { id, value: { kind } }: RingEvent<ServerEvent>, data: unknown): void {
  if (out.writableEnded || out.writableLength > MOST_WAITING) {
    out.destroy();
    return;
  }
  out.write(`id: ${id}\nevent: ${kind}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** A stream ends with the login that it began with, at the latest after an hour. */
function untilExpiry({ expiresAt }: Principal): AbortSignal {
  const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - Date.now();
  return AbortSignal.timeout(Math.max(0, Math.min(left, 3_600_000)));
}

async function endOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
