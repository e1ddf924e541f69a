import { z } from 'zod';
import type { Webhook, WebhookDelivery } from '../webhook.ts';

/** A webhook; what its target said last is absent until something was sent. */
export const webhookWire = z
  .object({
    id: z.int(),
    target_url: z.string(),
    description: z.string(),
    project_id: z.int().nullable(),
    is_active: z.boolean(),
    enable_ssl: z.boolean(),
    events: z.array(z.string()),
    last_status: z.int().nullish(),
    last_delivery_date: z.string().nullish(),
  })
  .transform((wire): Webhook => ({
    id: wire.id,
    targetUrl: wire.target_url,
    description: wire.description,
    projectId: wire.project_id,
    isActive: wire.is_active,
    verifiesTls: wire.enable_ssl,
    events: wire.events,
    lastStatus: wire.last_status ?? null,
    lastDeliveryAt: wire.last_delivery_date ?? null,
  }));

export const deliveryWire = z
  .object({
    id: z.int(),
    event: z.string(),
    status_code: z.int().nullable(),
    redelivery: z.boolean(),
    created_date: z.string(),
    response: z.string(),
  })
  .transform((wire): WebhookDelivery => ({
    id: wire.id,
    event: wire.event,
    status: wire.status_code,
    isRedelivery: wire.redelivery,
    createdAt: wire.created_date,
    response: wire.response,
  }));
