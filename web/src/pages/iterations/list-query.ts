import type { z } from 'zod';
import { listIterations } from '../../../../src/api/endpoints/iterations.ts';

/** What the list is asked, as the address of the page has it. */
export type ListQuery = z.input<(typeof listIterations)['query']>;

/** What is narrowed by where the same is done to many. */
export type BulkFilter = Omit<ListQuery, 'state' | 'limit' | 'cursor'>;

/** Lines of a page of the list. */
const PAGE = 50;

/** The question that an address asks; what cannot be asked is left out. */
export function listQuery(search: URLSearchParams): ListQuery {
  const told = Object.fromEntries([...search].filter(([, value]) => value !== ''));
  const shape = listIterations.query.shape;
  const fits = Object.entries(told).filter(
    ([name, value]) => isField(shape, name) && shape[name].safeParse(value).success,
  );
  return { ...Object.fromEntries(fits), limit: PAGE };
}

/** What the list is narrowed to, but for its state: what is done to many is done to those that run. */
export function bulkFilter(search: URLSearchParams): BulkFilter {
  const { state: _, limit: __, cursor: ___, ...filter } = listQuery(search);
  return filter;
}

function isField<T extends object>(shape: T, name: string): name is Extract<keyof T, string> {
  return Object.hasOwn(shape, name);
}

/** The address with a filter set to another value, beginning with the newest again; empty takes it out. */
export function withFilter(search: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(search);
  changed.delete('cursor');
  if (value === '') changed.delete(name);
  else changed.set(name, value);
  return changed;
}
