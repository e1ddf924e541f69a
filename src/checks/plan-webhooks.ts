import { isOurWebhook } from '../cvat/our-webhook.ts';
import { WAKING_EVENTS } from '../cvat/wake-of.ts';
import type { Webhook } from '../cvat/webhook.ts';

/** What there is of a project's webhooks, and what is to become of it. */
export interface WebhookPlan {
  /** The one of ours that leads to the right address; null if it has to be made. */
  readonly kept: Webhook | null;
  /** Further ones of ours: doubles, or left from an address of before. */
  readonly stale: readonly Webhook[];
  /** Somebody else's that lead to our server; they stay. */
  readonly foreign: readonly Webhook[];
}

/** Sorts the webhooks of a project. `address` is the one that CVAT is to send to. */
export function planWebhooks(
  webhooks: readonly Webhook[],
  { installation, address }: { readonly installation: string; readonly address: string },
): WebhookPlan {
  const ours = webhooks.filter((webhook) => isOurWebhook(webhook, installation));
  const kept = ours.find(({ targetUrl }) => targetUrl === address) ?? null;
  const foreign = webhooks.filter((webhook) => !isOurWebhook(webhook, installation) && webhook.targetUrl === address);
  return { kept, stale: ours.filter((webhook) => webhook !== kept), foreign };
}

/** Why a webhook of ours would not tell of everything; null if it does. */
export function shortcoming({ isActive, events }: Webhook): string | null {
  if (!isActive) return 'is switched off';
  const missing = WAKING_EVENTS.filter((event) => !events.includes(event));
  return missing.length === 0 ? null : `does not tell of ${missing.join(', ')}`;
}
