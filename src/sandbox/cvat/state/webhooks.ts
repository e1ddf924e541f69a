import type { CvatState } from './cvat-state.ts';
import type { Delivery, Webhook } from './webhook-entities.ts';

export type NewWebhook = Omit<Webhook, 'id' | 'created' | 'updated'>;

export function addWebhook(state: CvatState, webhook: NewWebhook): Webhook {
  const added: Webhook = {
    ...webhook,
    id: state.nextId('webhook'),
    created: state.stamp(),
    updated: state.stamp(),
  };
  state.webhooks.set(added.id, added);
  return added;
}

/** Deletes a webhook with all that is known of its deliveries. */
export function deleteWebhook(state: CvatState, webhook: Webhook): void {
  for (const delivery of webhookDeliveries(state, webhook.id)) state.deliveries.delete(delivery.id);
  state.webhooks.delete(webhook.id);
}

/** Oldest first. */
export function webhookDeliveries(state: CvatState, webhookId: number): Delivery[] {
  return [...state.deliveries.values()].filter((delivery) => delivery.webhookId === webhookId);
}

/** Notes an attempt that has ended; one for a webhook that is gone meanwhile is forgotten. */
export function addDelivery(state: CvatState, delivery: Omit<Delivery, 'id' | 'created' | 'updated'>): Delivery {
  const added: Delivery = {
    ...delivery,
    id: state.nextId('delivery'),
    created: state.stamp(),
    updated: state.stamp(),
  };
  if (state.webhooks.has(added.webhookId)) state.deliveries.set(added.id, added);
  return added;
}

/** Active webhooks that ask for an event and belong to the project or the organization where it happened. */
export function webhooksFor(
  state: CvatState,
  event: string,
  place: { projectId: number | null; organizationId: number | null },
): Webhook[] {
  return [...state.webhooks.values()].filter((webhook) => {
    if (!webhook.isActive || !webhook.events.includes(event)) return false;
    if (webhook.type === 'project') return place.projectId !== null && webhook.projectId === place.projectId;
    return place.organizationId !== null && webhook.organizationId === place.organizationId;
  });
}
