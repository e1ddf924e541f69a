import type { z } from 'zod';
import type { Role } from '../contracts/role.ts';

/**
 * Whose iterations, models and files an answer or a change is about.
 *
 * - `one`: those of the connection that `connectionOf` says; for everybody else there is no such thing.
 * - `filtered`: the handler shows only connections that the caller may see.
 * - `all`: those of all connections; a caller who may not see all is refused.
 * - `none`: nothing that belongs to a connection.
 */
type Reach = 'one' | 'filtered' | 'all' | 'none';

/** What a request says, parsed. */
export interface Asked<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly body: z.output<B>;
}

/** One request that the server answers. The server, its clients and the OpenAPI document are all made of these. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  A extends z.ZodType = z.ZodType,
> {
  /** Unique; `operationId` of the OpenAPI document. */
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`, with `{name}` for parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  /** The least role that may ask; null for everybody, logged in or not. */
  readonly role: Role | null;
  readonly reach: Reach;
  /** Needed for the reach `one`. */
  connectionOf?(asked: Asked<P, Q, B>): string;
  /** True if it changes something, which is then written down. */
  readonly changes: boolean;
  readonly params: P;
  readonly query: Q;
  /** `noBody` for none. */
  readonly body: B;
  /** Null for an answer without content. */
  readonly answer: A | null;
  /** Media types where they are not JSON. */
  readonly consumes?: string;
  readonly produces?: string;
}

/** Where all endpoints are. */
export const API_PREFIX = '/api/v1';

/** The header that a browser's page has to send with every change; a page of another origin cannot. */
export const PAGE_HEADER = 'x-maskloop-page';

/** The header with the name of the person at a client, for where many share one token; percent-encoded. */
export const USER_HEADER = 'x-maskloop-user';
