import type { Role } from './entities.ts';

/** What the stand-in remembers of webhooks, sessions and members. Times are CVAT's ISO texts with microseconds. */

export type WebhookType = 'project' | 'organization';

export interface Webhook {
  readonly id: number;
  readonly type: WebhookType;
  readonly ownerId: number;
  readonly projectId: number | null;
  readonly organizationId: number | null;
  readonly created: string;
  targetUrl: string;
  description: string;
  /** Never shown; empty for none. */
  secret: string;
  isActive: boolean;
  enableSsl: boolean;
  /** Sorted names. */
  events: readonly string[];
  updated: string;
}

/** One attempt to reach a webhook's target. */
export interface Delivery {
  readonly id: number;
  readonly webhookId: number;
  readonly event: string;
  readonly statusCode: number;
  readonly isRedelivery: boolean;
  /** Counts from 1. */
  readonly attempt: number;
  /** Milliseconds. */
  readonly durationMs: number;
  readonly created: string;
  readonly updated: string;
  /** Names of changed fields, comma-separated. */
  readonly changedFields: string;
  readonly payload: object;
  /** Body of the target's answer, or what went wrong. */
  readonly response: string;
}

/** A browser's login. */
export interface Session {
  readonly id: string;
  readonly userId: number;
  /** Milliseconds since 1970. */
  readonly expires: number;
}

/** A user's place in an organization. */
export interface Membership {
  readonly id: number;
  readonly userId: number;
  readonly organizationId: number;
  readonly invitationKey: string | null;
  joined: string | null;
  role: Role;
  isActive: boolean;
}

export interface Invitation {
  readonly key: string;
  readonly created: string;
  readonly ownerId: number;
  readonly membershipId: number;
}
