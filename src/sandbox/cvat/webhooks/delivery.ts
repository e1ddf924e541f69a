import { createHmac } from 'node:crypto';
import type { CvatState } from '../state/cvat-state.ts';
import type { Delivery, Webhook } from '../state/webhook-entities.ts';
import { addDelivery } from '../state/webhooks.ts';
import { postToTarget, type TargetTimeouts } from './post-to-target.ts';
import { inStoredOrder, pythonJson } from './python-json.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface WebhookTimes extends TargetTimeouts {
  /** Waits before the second attempt and each further one, in milliseconds; the older version makes no second one. */
  readonly retryMs: readonly number[];
}

/** As CVAT is delivered. */
export const WEBHOOK_TIMES: WebhookTimes = {
  connectMs: 3000,
  readMs: 10_000,
  retryMs: [5000, 5 * MINUTE, 30 * MINUTE, 3 * HOUR, DAY, DAY, DAY, DAY],
};

/** Share of a wait within which messages count as due together. */
const TOGETHER = 0.25;

const USER_AGENTS = {
  '2.54.1': 'CVAT/2.54.1 python-requests/2.32.4',
  '2.73.0': 'CVAT/2.73.0 python-requests/2.33.1',
} as const;

/** What a webhook's target shall hear. */
export interface WebhookMessage {
  readonly event: string;
  readonly payload: object;
  /** Comma-separated names; empty for none. */
  readonly changedFields: string;
}

/** The worker that tells the targets of webhooks: one message after the other, those that failed once more later. */
export interface WebhookDelivery {
  enqueue(webhook: Webhook, message: WebhookMessage): void;
  /** Sends the content of an earlier attempt anew, in the order in which the database keeps it. */
  redeliver(webhook: Webhook, delivery: Delivery): void;
  /** Sends at once, without a second attempt. */
  sendNow(webhook: Webhook, message: WebhookMessage): Promise<Delivery>;
  /** Resolves when nothing waits to be sent; second attempts that are still to come do not count. */
  idle(): Promise<void>;
  /** Forgets what waits. */
  close(): void;
}

interface Attempt {
  readonly message: WebhookMessage;
  readonly number: number;
  readonly isRedelivery: boolean;
}

export function createWebhookDelivery(state: CvatState, times: WebhookTimes = WEBHOOK_TIMES): WebhookDelivery {
  const timers = new Set<NodeJS.Timeout>();
  const waiting: { readonly webhook: Webhook; readonly attempt: Attempt; readonly due: number }[] = [];
  let queue: Promise<void> = Promise.resolve();
  let isClosed = false;

  function push(webhook: Webhook, attempt: Attempt): void {
    queue = afterwards(queue, webhook, attempt);
  }

  async function afterwards(earlier: Promise<void>, webhook: Webhook, attempt: Attempt): Promise<void> {
    await earlier;
    if (isClosed) return;
    const delivery = await attemptDelivery(state, webhook, attempt, times);
    if (isWorthRepeating(delivery.statusCode)) repeatLater(webhook, attempt);
  }

  function repeatLater(webhook: Webhook, attempt: Attempt): void {
    const wait = state.version === '2.54.1' ? undefined : times.retryMs[attempt.number - 1];
    if (wait === undefined || isClosed) return;
    waiting.push({ webhook, attempt: { ...attempt, number: attempt.number + 1 }, due: performance.now() + wait });
    const timer = setTimeout(() => {
      timers.delete(timer);
      takeDue(performance.now() + wait * TOGETHER);
    }, wait);
    timers.add(timer);
  }

  /** What became due together comes the latest first, so that a target must not rely on any order. */
  function takeDue(until: number): void {
    for (const one of waiting.filter(({ due }) => due <= until).toReversed()) {
      waiting.splice(waiting.indexOf(one), 1);
      if (state.webhooks.has(one.webhook.id)) push(one.webhook, one.attempt);
    }
  }

  return {
    enqueue: (webhook, message) => push(webhook, { message, number: 1, isRedelivery: false }),
    redeliver(webhook, delivery) {
      const payload = inStoredOrder(delivery.payload);
      const { event } = delivery;
      const changedFields = storedFields(payload);
      push(webhook, { message: { event, payload, changedFields }, number: 1, isRedelivery: true });
    },
    sendNow: (webhook, message) => attemptDelivery(state, webhook, { message, number: 1, isRedelivery: false }, times),
    idle: () => queue,
    close() {
      isClosed = true;
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
      waiting.length = 0;
    },
  };
}

async function attemptDelivery(
  state: CvatState,
  webhook: Webhook,
  attempt: Attempt,
  times: WebhookTimes,
): Promise<Delivery> {
  const body = pythonJson(attempt.message.payload);
  const startedAt = performance.now();
  const answer = await postToTarget(
    { url: webhook.targetUrl, body, headers: headersOf(state, webhook, body), verifiesTls: webhook.enableSsl },
    times,
  );
  const isOld = state.version === '2.54.1';
  return addDelivery(state, {
    webhookId: webhook.id,
    event: attempt.message.event,
    statusCode: answer.kind === 'answered' ? answer.status : answer.kind === 'timed out' ? 504 : 502,
    isRedelivery: attempt.isRedelivery,
    attempt: attempt.number,
    durationMs: Math.round(performance.now() - startedAt),
    changedFields: attempt.message.changedFields,
    payload: attempt.message.payload,
    // The older version keeps nothing of what went wrong.
    response: answer.kind === 'answered' ? answer.text : isOld ? '' : answer.words,
  });
}

/** In the order in which Python's requests sends them; the signature is one over the very bytes of the body. */
function headersOf(state: CvatState, webhook: Webhook, body: string): Record<string, string> {
  const signature = createHmac('sha256', webhook.secret).update(body).digest('hex');
  return {
    'User-Agent': USER_AGENTS[state.version],
    'Accept-Encoding': 'gzip, deflate',
    Accept: '*/*',
    Connection: 'keep-alive',
    ...(webhook.secret === '' ? {} : { 'X-Signature-256': `sha256=${signature}` }),
    'Content-Length': String(Buffer.byteLength(body)),
    'Content-Type': 'application/json',
  };
}

function isWorthRepeating(status: number): boolean {
  return status >= 500 || status === 408 || status === 429;
}

function storedFields(payload: object): string {
  return Object.keys(('before_update' in payload && payload.before_update) || {}).join(',');
}
