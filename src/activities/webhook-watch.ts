import type { Cvat } from '../cvat/cvat.ts';
import { isOurWebhook } from '../cvat/our-webhook.ts';
import { WAKING_EVENTS } from '../cvat/wake-of.ts';
import type { Webhook } from '../cvat/webhook.ts';

/** What CVAT said of a project's webhooks counts for so long, in milliseconds. */
const FRESH_MS = 55_000;

/** Tells whether changes in a project are told to us. */
export interface WebhookWatch {
  /** False also where CVAT cannot be asked: then there is more polling, and nothing is missed. */
  isAlive(project: { readonly connection: string; readonly cvat: Cvat; readonly projectId: number }): Promise<boolean>;
}

/** True for a webhook that told us of the last thing that happened, and will tell of all that wakes. */
export function isDelivering({ isActive, events, lastStatus }: Webhook): boolean {
  const isHeard = lastStatus !== null && lastStatus >= 200 && lastStatus < 300;
  return isActive && isHeard && WAKING_EVENTS.every((event) => events.includes(event));
}

/**
 * Watches the webhooks of projects at the price of one request a minute and project.
 *
 * @param installation what our webhooks are marked with; null where nothing is known of webhooks
 * @param now milliseconds since any moment
 */
export function createWebhookWatch(
  installation: string | null,
  now: () => number = () => performance.now(),
): WebhookWatch {
  const answers = new Map<string, { readonly askedAt: number; readonly alive: Promise<boolean> }>();

  async function ask(cvat: Cvat, projectId: number): Promise<boolean> {
    if (installation === null) return false;
    try {
      const webhooks = await cvat.webhooks(projectId);
      return webhooks.some((webhook) => isOurWebhook(webhook, installation) && isDelivering(webhook));
    } catch {
      return false;
    }
  }

  return {
    isAlive({ connection, cvat, projectId }) {
      const key = `${projectId} ${connection}`;
      const known = answers.get(key);
      if (known !== undefined && now() - known.askedAt < FRESH_MS) return known.alive;
      for (const [other, { askedAt }] of answers) if (now() - askedAt >= FRESH_MS) answers.delete(other);
      const alive = ask(cvat, projectId);
      answers.set(key, { askedAt: now(), alive });
      return alive;
    },
  };
}
