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

/** True if an answer may be out of date once the iteration `id` has changed. */
export function isAbout(key: readonly unknown[], id: string): boolean {
  const [tag, , iteration] = key;
  if (typeof tag !== 'string' || APART.includes(tag)) return false;
  return iteration === null || iteration === id;
}
