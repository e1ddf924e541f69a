import type { Finding } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { isOurWebhook } from '../cvat/our-webhook.ts';
import { fine, warning } from './finding.ts';

/**
 * Webhooks of ours in a project where no address is set any more that CVAT could send to: with `fix` they are removed,
 * else told of. Those of others are left alone and not mentioned.
 */
export async function unwantedWebhooks(
  cvat: Cvat,
  { project, installation, fix }: { readonly project: string; readonly installation: string; readonly fix: boolean },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const found = await cvat.findProject(project, signal);
  if (found === null) return [];
  const ours = (await cvat.webhooks(found.id, signal)).filter((webhook) => isOurWebhook(webhook, installation));
  const findings: Finding[] = [];
  for (const { id, targetUrl } of ours) {
    const what = `webhook ${id} of ours to ${targetUrl}`;
    if (fix) {
      await cvat.deleteWebhook(id, signal);
      findings.push(fine(`removed ${what}: MASKLOOP_WEBHOOK_URL is not set`));
    } else {
      findings.push(
        warning(
          `${what} is left over: MASKLOOP_WEBHOOK_URL is not set`,
          `On the command line: maskloop doctor --fix --project "${project}", which removes it; or set MASKLOOP_WEBHOOK_URL again.`,
        ),
      );
    }
  }
  return findings;
}
