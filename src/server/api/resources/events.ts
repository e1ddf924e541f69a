import type { ServerResponse } from 'node:http';
import { readEvents } from '../../../api/endpoints/events.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { sees, type Principal } from '../../access/principal.ts';
import type { RingEvent } from '../../events/event-ring.ts';
import type { ServerEvent } from '../../events/event-hub.ts';
import type { Teller } from '../../told/teller.ts';
import type { ApiParts } from '../api-parts.ts';
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
export function serveEvents(serve: Serve, { events }: ApiParts, teller: Teller): void {
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
    let told: Promise<void> = Promise.resolve();
    const listener = (event: RingEvent<ServerEvent>): void => {
      if (event.value.kind === 'iteration' && !sees(who, event.value.change.connection)) return;
      // One after the other: whose names may be told is looked up meanwhile.
      told = told
        .then(async () => send(out, event, await teller.tell(dataOf(event.value), { who, asked: null })))
        .catch(() => void out.destroy());
    };
    const stop = events.listen(listener, typeof lastId === 'string' ? lastId : null);
    const heartbeat = setInterval(() => out.write(': \n\n'), HEARTBEAT_MS);
    await endOf(AbortSignal.any([signal, events.closed, untilExpiry(who)]));
    clearInterval(heartbeat);
    stop();
    streams -= 1;
    out.end();
  });
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

/** A stream ends with the login that it began with, at the latest after an hour: tokens may have been taken back. */
function untilExpiry({ expiresAt }: Principal): AbortSignal {
  const left = expiresAt === null ? Infinity : Date.parse(expiresAt) - Date.now();
  return AbortSignal.timeout(Math.max(0, Math.min(left, 3_600_000)));
}

async function endOf(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
