import { inStoredOrder } from '../webhooks/python-json.ts';
import type { Delivery, Webhook } from '../state/webhook-entities.ts';
import { webhookDeliveries } from '../state/webhooks.ts';
import { basicUser, type Scene } from './views.ts';

/** A webhook; what its target said last is left out until something was sent. The secret is never shown. */
export function webhookView(scene: Scene, webhook: Webhook): object {
  const last = webhookDeliveries(scene.state, webhook.id).at(-1);
  return {
    id: webhook.id,
    url: `${scene.origin}/api/webhooks/${webhook.id}`,
    target_url: webhook.targetUrl,
    description: webhook.description,
    type: webhook.type,
    content_type: 'application/json',
    is_active: webhook.isActive,
    enable_ssl: webhook.enableSsl,
    created_date: webhook.created,
    updated_date: webhook.updated,
    owner: basicUser(scene, webhook.ownerId),
    project_id: webhook.projectId,
    organization: webhook.organizationId,
    events: webhook.events,
    ...(last === undefined ? {} : { last_status: last.statusCode, last_delivery_date: last.updated }),
  };
}

/** @param order that of the message as it was sent, or as the database keeps it */
export function deliveryView(scene: Scene, delivery: Delivery, order: 'sent' | 'stored'): object {
  return {
    id: delivery.id,
    webhook_id: delivery.webhookId,
    event: delivery.event,
    status_code: delivery.statusCode,
    redelivery: delivery.isRedelivery,
    ...(scene.state.version === '2.54.1' ? {} : { attempt: delivery.attempt, request_duration: delivery.durationMs }),
    created_date: delivery.created,
    updated_date: delivery.updated,
    changed_fields: delivery.changedFields,
    request: order === 'sent' ? delivery.payload : inStoredOrder(delivery.payload),
    response: delivery.response,
  };
}
