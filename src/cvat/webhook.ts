/** A webhook of a project. CVAT never shows its secret. */
export interface Webhook {
  readonly id: number;
  readonly targetUrl: string;
  readonly description: string;
  readonly projectId: number | null;
  readonly isActive: boolean;
  readonly verifiesTls: boolean;
  readonly events: readonly string[];
  /** What the target answered last: its status, 502 if it was not reached, 504 if it was silent; null before the first delivery. */
  readonly lastStatus: number | null;
  readonly lastDeliveryAt: string | null;
}

/** One message that CVAT sent, or tried to send. */
export interface WebhookDelivery {
  readonly id: number;
  readonly event: string;
  readonly status: number | null;
  readonly isRedelivery: boolean;
  readonly createdAt: string;
  /** What the target, or a proxy on the way, answered; 2.73 keeps the error's text here where nobody answered. */
  readonly response: string;
}

/** What can be set of a webhook. `secret` has at most 64 characters; an empty one sends unsigned messages. */
export interface WebhookSettings {
  readonly targetUrl: string;
  readonly description: string;
  readonly secret: string;
  readonly events: readonly string[];
  readonly isActive: boolean;
  readonly verifiesTls: boolean;
}

export interface WebhookMethods {
  /** All webhooks of a project that the user may manage, all pages, oldest first. */
  webhooks(projectId: number, signal?: AbortSignal): Promise<readonly Webhook[]>;
  createWebhook(projectId: number, settings: WebhookSettings, signal?: AbortSignal): Promise<Webhook>;
  updateWebhook(id: number, change: Partial<WebhookSettings>, signal?: AbortSignal): Promise<Webhook>;
  deleteWebhook(id: number, signal?: AbortSignal): Promise<void>;
  /** Has CVAT send a test message and waits for what the target says, up to 13 s; an inactive webhook is pinged as well. */
  pingWebhook(id: number, signal?: AbortSignal): Promise<WebhookDelivery>;
  /** The newest deliveries, the newest first, at most `count` (1 to 100). */
  webhookDeliveries(id: number, count: number, signal?: AbortSignal): Promise<readonly WebhookDelivery[]>;
  /** Has CVAT send the content of a delivery again, signed anew, soon. */
  redeliver(webhookId: number, deliveryId: number, signal?: AbortSignal): Promise<void>;
}
