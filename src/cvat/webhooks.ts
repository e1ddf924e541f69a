import { z } from 'zod';
import type { Http } from '../http/http.ts';
import { fetchJson, query } from './api.ts';
import { allPages } from './paging.ts';
import type { WebhookMethods, WebhookSettings } from './webhook.ts';
import { deliveryWire, webhookWire } from './wire/webhook.ts';

const pageWire = z.object({ results: z.array(deliveryWire) });

/** Webhooks of projects, and what became of their messages. */
export function webhookMethods(http: Http): WebhookMethods {
  return {
    webhooks(projectId, signal) {
      return allPages(http, '/api/webhooks', { project_id: projectId }, webhookWire, signal);
    },

    createWebhook(projectId, settings, signal) {
      // Without a project CVAT answers 500.
      const json = { type: 'project', project_id: projectId, content_type: 'application/json', ...wireOf(settings) };
      return fetchJson(http, { method: 'POST', path: '/api/webhooks', json, signal }, webhookWire);
    },

    updateWebhook(id, change, signal) {
      const request = { method: 'PATCH', path: `/api/webhooks/${id}`, json: wireOf(change), signal } as const;
      return fetchJson(http, request, webhookWire);
    },

    async deleteWebhook(id, signal) {
      await http.send({ method: 'DELETE', path: `/api/webhooks/${id}`, signal });
    },

    pingWebhook(id, signal) {
      return fetchJson(http, { method: 'POST', path: `/api/webhooks/${id}/ping`, signal }, deliveryWire);
    },

    async webhookDeliveries(id, count, signal) {
      const path = `/api/webhooks/${id}/deliveries${query({ page_size: count })}`;
      return (await fetchJson(http, { method: 'GET', path, signal }, pageWire)).results;
    },

    async redeliver(webhookId, deliveryId, signal) {
      const path = `/api/webhooks/${webhookId}/deliveries/${deliveryId}/redelivery`;
      await http.send({ method: 'POST', path, signal });
    },
  };
}

/** The names that CVAT gives to settings; what is left out stays as it is. */
function wireOf(settings: Partial<WebhookSettings>): Readonly<Record<string, unknown>> {
  const { targetUrl, description, secret, events, isActive, verifiesTls } = settings;
  const wire = {
    target_url: targetUrl,
    description,
    secret,
    events,
    is_active: isActive,
    enable_ssl: verifiesTls,
  };
  return Object.fromEntries(Object.entries(wire).filter(([, value]) => value !== undefined));
}
