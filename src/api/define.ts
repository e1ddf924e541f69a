import { z } from 'zod';
import { placeOfId } from '../contracts/ids.ts';
import type { Endpoint } from './endpoint.ts';

/** No parameters, or no query: what is given besides is refused. */
export const nothing = z.strictObject({});

/** No body. */
export const noBody = z.undefined();

/** The id of an iteration in a path. */
export const idParams = z.strictObject({
  id: z.string().min(1).max(1000).describe('id of the iteration, percent-encoded as a whole: `P%2FT`'),
});

/** The connection of an iteration, from its id. @throws MaskloopError `InvalidName` */
export function connectionOfId({ params }: { readonly params: z.output<typeof idParams> }): string {
  return placeOfId(params.id).connection;
}

/** What endpoints have in common that read what the caller may see. */
export const readsMany = {
  method: 'GET',
  reach: 'filtered',
  changes: false,
  params: nothing,
  query: nothing,
  body: noBody,
} as const;

/** What endpoints have in common that read of one iteration. */
export const readsOne = {
  method: 'GET',
  role: 'viewer',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: false,
  params: idParams,
  query: nothing,
  body: noBody,
} as const;

/** Keeps the types of what an endpoint is asked and answers. */
export function define<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> {
  return endpoint;
}
