import type { Finding } from '../contracts/doctor.ts';
import type { WebhookWish } from './check-webhooks.ts';
import { fine, problem, warning } from './finding.ts';

/** Settings as they are, null for what is not set. */
export interface WebhookSettingsSeen {
  readonly connection: string;
  readonly url: string | null;
  readonly secret: string | null;
  readonly project: string | null;
}

type Usable = Omit<WebhookWish, 'fix'>;

/** What the settings allow to look at, or why there is nothing to look at. */
export function checkWebhookSettings(
  { connection, url, secret, project }: WebhookSettingsSeen,
  installation: string | null,
): Usable | { readonly findings: readonly Finding[] } {
  if (url === null && secret === null) {
    return { findings: [fine('no webhook is configured: changes in CVAT are found by polls, once a minute')] };
  }
  if (secret === null) {
    const name = connection === 'default' ? 'CVAT_WEBHOOK_SECRET' : 'cvat.webhookSecretFile of the connection';
    return { findings: [warning(`MASKLOOP_WEBHOOK_URL is set, but no secret: messages are refused`, `Set ${name}.`)] };
  }
  if (url === null) {
    const text = 'a webhook secret is set, but not where CVAT reaches our server';
    return { findings: [warning(text, 'Set MASKLOOP_WEBHOOK_URL, for instance http://maskloop.example:7280.')] };
  }
  if (project === null)
    return { findings: [fine('webhooks belong to projects; name one with --project to look at it')] };
  if (installation !== null) return { connection, url, secret, project, installation };
  const action = 'Use a Temporal whose namespaces have ids, as all releases since 1.0 give them.';
  return { findings: [problem('Temporal tells no id of its namespace, to mark webhooks with', action)] };
}
