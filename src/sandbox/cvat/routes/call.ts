import type { FastifyRequest } from 'fastify';
import type { Background } from '../background.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { AccessToken, Organization, User } from '../state/entities.ts';
import type { WebhookDelivery } from '../webhooks/delivery.ts';

/** What all routes work on. */
export interface Cvat {
  readonly state: CvatState;
  readonly background: Background;
  readonly webhooks: WebhookDelivery;
}

/** One request to a route, with what CVAT derives from its headers. */
export interface Call extends Cvat {
  readonly request: FastifyRequest;
  /** Decoded path without the query and without a trailing slash. */
  readonly path: string;
  /** Whether a slash ended the path. */
  readonly hasSlash: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** `http://{Host}`: what addresses in answers begin with. */
  readonly origin: string;
}

/** The organization that a request is about: one, the personal sandbox (null), or all (undefined). */
export type OrganizationContext = Organization | null | undefined;

/** A request with valid credentials. */
export interface UserCall extends Call {
  readonly user: User;
  /** The access token it came with, if any. */
  readonly token: AccessToken | undefined;
  readonly organization: OrganizationContext;
}
