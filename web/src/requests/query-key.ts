import type { Endpoint } from '../../../src/api/endpoint.ts';

/** Under what the answer to a question is kept: the endpoint's tag and id, the iteration that it is of (null for none), and all that was asked. */
export type QueryKey = readonly [tag: string, endpoint: string, iteration: string | null, asking: unknown];

/** The key of a question. */
export function queryKey({ tag, id }: Endpoint, asking: { readonly params?: unknown }): QueryKey {
  const { params } = asking;
  const iteration = typeof params === 'object' && params !== null && 'id' in params ? String(params.id) : null;
  return [tag, id, iteration, asking];
}

/** What has nothing to do with how iterations go on. */
const APART = ['session', 'system', 'files', 'starting'];

/** Questions that read much or ask a worker, and whose answer no event changes: whoever wants it anew asks by hand. */
const BY_HAND = ['verifyReceipt', 'planIteration', 'projectCategories', 'checkLoop', 'planLoop'];

/** True for what is asked by hand alone, once it is answered. */
export function isByHand([, endpoint]: readonly unknown[]): boolean {
  return typeof endpoint === 'string' && BY_HAND.includes(endpoint);
}

/** True if an answer may be out of date once the iteration `id` has changed. */
export function isAbout(key: readonly unknown[], id: string): boolean {
  const [tag, , iteration] = key;
  if (typeof tag !== 'string' || APART.includes(tag) || isByHand(key)) return false;
  return iteration === null || iteration === id;
}
