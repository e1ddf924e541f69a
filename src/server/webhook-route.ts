import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseEvent, wakeOf } from '../cvat/wake-of.ts';
import type { WaitingPlace } from '../operations/find-waiting.ts';
import { attemptLimit } from './access/attempt-limit.ts';
import type { ServerLog } from './log.ts';
import { seldom } from './seldom.ts';
import type { WakeQueue } from './wake-queue.ts';
import type { SignatureCheck } from './webhook-secret.ts';

/** The largest recorded message has 1,834 bytes; one grows with the names in it, not with the number of labels or jobs. */
const MAX_BODY_BYTES = 64 * 1024;

/** At most one line of each kind in this time, in milliseconds. */
const LOG_EVERY_MS = 10_000;

/**
 * An address that has sent so many badly signed messages in this time, in milliseconds, is told to wait. What is signed well is taken
 * nevertheless: a proxy may stand before CVAT and strangers alike.
 */
const FORGERIES = { most: 20, windowMs: 60_000, addresses: 10_000 };

/** After a full queue CVAT 2.73 tries again; earlier than this it need not, in seconds. */
const RETRY_AFTER_S = 10;

export interface WebhookRouteOptions {
  /** Checks by name of connection; one that is missing has no secret. */
  readonly checks: ReadonlyMap<string, SignatureCheck>;
  readonly queue: WakeQueue<WaitingPlace>;
  readonly log: ServerLog;
}

type Delivery = FastifyRequest<{ Params: { connection?: string }; Body: Buffer | undefined }>;

/**
 * `POST /webhooks/cvat`, and `/webhooks/cvat/NAME` for another connection than `default`. It answers 202 for what wakes,
 * 204 for what does not, 401 for a signature that does not hold, 429 after many of these, 400 for what is no message of CVAT, 413 above 64 kB, and
 * 503 without a secret or with a full queue. Answers have no body: a stranger learns nothing.
 */
export function addWebhookRoute(app: FastifyInstance, { checks, queue, log }: WebhookRouteOptions): void {
  const unsigned = seldom(LOG_EVERY_MS, (times) =>
    log.warn('refused messages whose signature does not hold: is the secret the one of the webhook in CVAT?', {
      times,
    }),
  );
  const secretless = seldom(LOG_EVERY_MS, (times) =>
    log.warn('refused messages, since no webhook secret is set for their connection; see CVAT_WEBHOOK_SECRET', {
      times,
    }),
  );
  const foreign = seldom(LOG_EVERY_MS, (times) => log.warn('refused signed messages that are none of CVAT', { times }));
  const full = seldom(LOG_EVERY_MS, (times) =>
    log.warn('refused wake-ups, since too many wait: does Temporal answer?', { times }),
  );

  const forgeries = attemptLimit(FORGERIES);

  function refuseForgery(request: Delivery, reply: FastifyReply): FastifyReply {
    const waitMs = forgeries.waitOf(request.ip);
    forgeries.failed(request.ip);
    if (waitMs === 0) return refuse(reply, 401, unsigned);
    return refuse(reply.header('retry-after', Math.ceil(waitMs / 1000)), 429, unsigned);
  }

  async function take(request: Delivery, reply: FastifyReply): Promise<FastifyReply> {
    const connection = request.params.connection ?? 'default';
    const check = checks.get(connection);
    if (check === undefined) return refuse(reply, 503, secretless);
    const body = request.body ?? Buffer.alloc(0);
    const signature = request.headers['x-signature-256'];
    if (!check(body, typeof signature === 'string' ? signature : undefined)) return refuseForgery(request, reply);
    const event = parseEvent(body);
    if (event === null) return refuse(reply, 400, foreign);
    const wake = wakeOf(event);
    if (wake === null) return reply.code(204).send();
    if (queue.push({ ...wake, connection })) return reply.code(202).send();
    return refuse(reply.header('retry-after', RETRY_AFTER_S), 503, full);
  }

  for (const url of ['/webhooks/cvat', '/webhooks/cvat/:connection']) {
    app.route({ method: 'POST', url, bodyLimit: MAX_BODY_BYTES, handler: take });
  }
}

function refuse(reply: FastifyReply, status: number, tell: () => void): FastifyReply {
  tell();
  return reply.code(status).send();
}
