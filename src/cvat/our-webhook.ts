import type { Webhook } from './webhook.ts';

/**
 * What the webhooks of one installation of maskloop are described with in CVAT, so that they are told from everybody
 * else's, another maskloop's among them. In less than 128 characters.
 */
export function webhookMark(installation: string): string {
  return `maskloop wakes iterations (${installation})`;
}

/** True for a webhook that this installation has registered, wherever it leads. */
export function isOurWebhook({ description }: Pick<Webhook, 'description'>, installation: string): boolean {
  return description === webhookMark(installation);
}

/** Where CVAT reaches the webhook route of our server, which it reaches at `url`. */
export function webhookAddress(url: string, connection: string): string {
  return `${url}/webhooks/cvat${connection === 'default' ? '' : `/${connection}`}`;
}
