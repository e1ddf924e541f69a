import { empty, json, type Answer } from '../answers/answer.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, notFound, refuseCrash, refuseFields, refuseList } from '../answers/refusal.ts';
import { deliveryView, webhookView } from '../answers/webhook-views.ts';
import { basicUser } from '../answers/views.ts';
import type { Delivery, Webhook, WebhookType } from '../state/webhook-entities.ts';
import { addWebhook, deleteWebhook, webhookDeliveries } from '../state/webhooks.ts';
import { eventGroup, eventNames } from '../webhooks/event-names.ts';
import { managesOrganization, mayUse } from './access.ts';
import { jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { choiceField, idField } from './fields.ts';
import { passes } from './list-query.ts';
import type { Register } from './resource.ts';
import { applyInput, webhookInput } from './webhook-input.ts';

const TYPES = ['organization', 'project'] as const satisfies WebhookType[];

/** Webhooks name their methods in an order of their own, and know neither HEAD nor OPTIONS. */
export function webhookRoutes(register: Register): void {
  register.users('/api/webhooks', { GET: list, POST: create }, 'GET, POST');
  register.users('/api/webhooks/events', { GET: events }, 'GET');
  register.users(
    '/api/webhooks/:id',
    {
      GET: (call) => json(200, webhookView(call, theWebhook(call))),
      PATCH: change,
      PUT: change,
      DELETE: (call) => {
        deleteWebhook(call.state, theWebhook(call));
        return empty(204);
      },
    },
    'GET, DELETE, PATCH, PUT',
  );
  register.users('/api/webhooks/:id/ping', { POST: ping }, 'POST');
  register.users('/api/webhooks/:id/deliveries', { GET: deliveries }, 'GET');
  register.users(
    '/api/webhooks/:id/deliveries/:delivery',
    { GET: (call) => json(200, deliveryView(call, theDelivery(call), 'stored')) },
    'GET',
  );
  register.users(
    '/api/webhooks/:id/deliveries/:delivery/redelivery',
    {
      POST: (call) => {
        call.webhooks.redeliver(theWebhook(call), theDelivery(call));
        return json(200, {});
      },
    },
    'POST',
  );
}

function list(call: UserCall): Answer {
  const found = [...call.state.webhooks.values()].filter((webhook) => {
    const owner = call.state.users.get(webhook.ownerId)?.username ?? null;
    const terms = {
      id: webhook.id,
      target_url: webhook.targetUrl,
      owner,
      type: webhook.type,
      description: webhook.description,
      project_id: webhook.projectId,
      updated_date: webhook.updated,
    };
    const searched = [webhook.targetUrl, owner, webhook.type, webhook.description];
    return isListed(call, webhook) && passes(call.query, { terms, searched });
  });
  return pageOf(call, found, (webhook) => webhookView(call, webhook));
}

function isListed(call: UserCall, webhook: Webhook): boolean {
  const isHere = call.organization === undefined || (call.organization?.id ?? null) === webhook.organizationId;
  return isHere && mayManage(call, webhook);
}

function mayManage(call: UserCall, webhook: Webhook): boolean {
  if (call.user.isAdmin || webhook.ownerId === call.user.id) return true;
  const project = webhook.projectId === null ? undefined : call.state.projects.get(webhook.projectId);
  if (project !== undefined) return mayUse(call, project);
  return managesOrganization(call, webhook.organizationId);
}

/** A newer version says of each event which group it belongs to. */
function events(call: UserCall): Answer {
  const asked = call.query.get('type');
  const type = TYPES.find((candidate) => candidate === asked);
  if (asked !== null && type === undefined) return json(400, 'Incorrect value of type parameter');
  const names = eventNames(call.state.version, type ?? 'all');
  const isOld = call.state.version === '2.54.1';
  const shown = names.map((key) => (isOld ? key : { key, group: { display_name: eventGroup(key) } }));
  return json(200, { webhook_type: type ?? 'all', events: shown });
}

function create(call: UserCall): Answer {
  const body = jsonFields(call.request);
  const missing = ['target_url', 'type', 'events'].filter((name) => body[name] === undefined);
  if (missing.length > 0) {
    throw refuseFields(Object.fromEntries(missing.map((name) => [name, ['This field is required.']])));
  }
  const type = choiceField(body, 'type', TYPES) ?? 'project';
  // The body is validated before its project is looked for.
  const input = webhookInput(call.state, body, type);
  const place = placeOf(call, body, type);
  const webhook = addWebhook(call.state, {
    type,
    ownerId: call.user.id,
    ...place,
    targetUrl: input.targetUrl ?? '',
    description: input.description ?? '',
    secret: input.secret ?? '',
    isActive: input.isActive ?? true,
    enableSsl: input.enableSsl ?? true,
    events: input.events ?? [],
  });
  return json(201, webhookView(call, webhook), { location: `${call.origin}/api/webhooks/${webhook.id}` });
}

/** @throws Refusal 500 without a project, 400 for an unknown one, 403 for one that is not the user's */
function placeOf(call: UserCall, body: Fields, type: WebhookType): Pick<Webhook, 'projectId' | 'organizationId'> {
  const organizationId = call.organization?.id ?? null;
  if (type === 'organization') {
    if (organizationId === null || (!call.user.isAdmin && !managesOrganization(call, organizationId))) {
      throw forbidden();
    }
    return { projectId: null, organizationId };
  }
  const projectId = idField(body, 'project_id');
  if (projectId == null) throw refuseCrash();
  const project = call.state.projects.get(projectId);
  if (project === undefined) throw refuseList('Project matching query does not exist.');
  if (!mayUse(call, project)) throw forbidden();
  return { projectId, organizationId: project.organizationId };
}

function change(call: UserCall): Answer {
  const webhook = theWebhook(call);
  applyInput(webhook, webhookInput(call.state, jsonFields(call.request), webhook.type));
  webhook.updated = call.state.stamp();
  return json(200, webhookView(call, webhook));
}

/** Sends a message and waits for what the target says; whatever that is, the answer is 200. */
async function ping(call: UserCall): Promise<Answer> {
  const webhook = theWebhook(call);
  const payload = { event: 'ping', webhook: webhookView(call, webhook), sender: basicUser(call, call.user.id) };
  const delivery = await call.webhooks.sendNow(webhook, { event: 'ping', payload, changedFields: '' });
  return json(200, deliveryView(call, delivery, 'sent'));
}

function deliveries(call: UserCall): Answer {
  const found = webhookDeliveries(call.state, theWebhook(call).id).filter((delivery) => {
    const terms = {
      id: delivery.id,
      event: delivery.event,
      status_code: delivery.statusCode,
      redelivery: String(delivery.isRedelivery),
    };
    return passes(call.query, { terms, searched: [delivery.event] });
  });
  return pageOf(call, found, (delivery) => deliveryView(call, delivery, 'stored'));
}

/** @throws Refusal 404 if there is none, 403 if it is not the user's */
function theWebhook(call: UserCall): Webhook {
  const webhook = call.state.webhooks.get(Number(call.params['id']));
  if (webhook === undefined) throw notFound('Webhook');
  if (!mayManage(call, webhook)) throw forbidden();
  return webhook;
}

function theDelivery(call: UserCall): Delivery {
  const webhook = theWebhook(call);
  const delivery = call.state.deliveries.get(Number(call.params['delivery']));
  if (delivery?.webhookId !== webhook.id) throw notFound('WebhookDelivery');
  return delivery;
}
