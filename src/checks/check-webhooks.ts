import type { Finding } from '../contracts/doctor.ts';
import type { Cvat } from '../cvat/cvat.ts';
import { webhookAddress, webhookMark } from '../cvat/our-webhook.ts';
import { WAKING_EVENTS } from '../cvat/wake-of.ts';
import type { Webhook } from '../cvat/webhook.ts';
import { deliveryFinding } from './delivery-finding.ts';
import { fine, problem, warning } from './finding.ts';
import { planWebhooks, shortcoming, type WebhookPlan } from './plan-webhooks.ts';

/** Deliveries that are looked at. */
const LATEST = 20;

/** What a project's webhook should be. */
export interface WebhookWish {
  readonly connection: string;
  readonly project: string;
  /** What our webhooks are marked with. */
  readonly installation: string;
  /** Where CVAT reaches our server, without the route. */
  readonly url: string;
  readonly secret: string;
  /** Registers, corrects, removes what is stale, and pings. */
  readonly fix: boolean;
}

/** The webhook of one project: whether it is there, tells of all that is needed, and arrives. */
export async function webhookFindings(cvat: Cvat, wish: WebhookWish, signal: AbortSignal): Promise<readonly Finding[]> {
  const project = await cvat.findProject(wish.project, signal);
  if (project === null) {
    return [problem(`no project is named "${wish.project}"`, 'Make it in CVAT first, or check the organization.')];
  }
  const address = webhookAddress(wish.url, wish.connection);
  const plan = planWebhooks(await cvat.webhooks(project.id, signal), { ...wish, address });
  const found = wish.fix
    ? await repair(cvat, { ...wish, address, plan, projectId: project.id }, signal)
    : await look(cvat, { ...wish, address, plan }, signal);
  return [...found, ...plan.foreign.map(foreignFinding)];
}

interface Planned extends WebhookWish {
  readonly address: string;
  readonly plan: WebhookPlan;
}

async function look(cvat: Cvat, { plan, address, project }: Planned, signal: AbortSignal): Promise<readonly Finding[]> {
  const toFix = `On the command line: maskloop doctor --fix --project "${project}"`;
  const stale = plan.stale.map(({ id, targetUrl }) =>
    warning(`webhook ${id} of ours to ${targetUrl} is left over`, toFix),
  );
  if (plan.kept === null) return [warning(`project "${project}" has no webhook to ${address}`, toFix), ...stale];
  const found = fine(`project "${project}" has webhook ${plan.kept.id} to ${address}`);
  const short = shortcoming(plan.kept);
  const lacks = short === null ? [] : [problem(`webhook ${plan.kept.id} ${short}`, toFix)];
  return [found, ...lacks, ...(await deliveryFindings(cvat, plan.kept, address, signal)), ...stale];
}

/** The last delivery, and how many of the latest failed. */
async function deliveryFindings(
  cvat: Cvat,
  { id }: Webhook,
  address: string,
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const deliveries = await cvat.webhookDeliveries(id, LATEST, signal);
  const [last] = deliveries;
  if (last === undefined) return [fine('CVAT has not sent anything through it yet')];
  const failed = deliveries.filter(({ status }) => status === null || status >= 300).length;
  const finding = deliveryFinding(last, address);
  if (failed === 0 || finding.level !== 'ok') return [finding];
  const text = `${failed} of the last ${deliveries.length} deliveries failed; what was missed was found by polls`;
  return [finding, warning(text, 'Nothing, if `maskloop server` was away meanwhile; else look at its log.')];
}

async function repair(
  cvat: Cvat,
  { plan, address, installation, secret, projectId, project }: Planned & { readonly projectId: number },
  signal: AbortSignal,
): Promise<readonly Finding[]> {
  const settings = {
    targetUrl: address,
    description: webhookMark(installation),
    // CVAT never shows a secret: it is set each time, which is how it is rotated.
    secret,
    events: WAKING_EVENTS,
    isActive: true,
  };
  const { kept } = plan;
  const webhook =
    kept === null
      ? await cvat.createWebhook(projectId, { ...settings, verifiesTls: true }, signal)
      : await cvat.updateWebhook(kept.id, settings, signal);
  const done = kept === null ? 'registered' : 'renewed events and secret of';
  for (const { id } of plan.stale) await cvat.deleteWebhook(id, signal);
  const removed = plan.stale.map(({ id, targetUrl }) => fine(`removed webhook ${id} of ours to ${targetUrl}`));
  const ping = deliveryFinding(await cvat.pingWebhook(webhook.id, signal), address);
  return [fine(`${done} webhook ${webhook.id} of project "${project}" to ${address}`), ...removed, ping];
}

function foreignFinding({ id, targetUrl, description }: Webhook): Finding {
  return warning(
    `webhook ${id} ("${description}") leads to ${targetUrl} as well, and is not ours`,
    'Nothing, if you know whose it is: what it tells only wakes. Else remove it in CVAT.',
  );
}
