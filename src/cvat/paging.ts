import { z, type ZodType } from 'zod';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { fetchJson, query, rebased } from './api.ts';

/** Rows that we ask for at once; CVAT's own default is 10. */
const PAGE_SIZE = 100;
/** Tries to read a list that changes while its pages are read. */
const TRIES = 3;

/**
 * All rows of a list, all pages, oldest first. Rows that come or go between two pages shift the others, so a list whose
 * pages do not add up to its count is read again.
 * @throws `CvatUnexpectedAnswer` if it does not add up after 3 tries
 */
export async function allPages<T extends { readonly id: number }>(
  http: Http,
  path: string,
  filter: Readonly<Record<string, string | number | null>>,
  row: ZodType<T>,
  signal?: AbortSignal,
): Promise<readonly T[]> {
  const first = path + query({ ...filter, page_size: PAGE_SIZE, sort: 'id' });
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const rows = await readOnce(http, first, pageOf(row), signal);
    if (rows !== null) return rows.toSorted((a, b) => a.id - b.id);
  }
  throw new MaskloopError('CvatUnexpectedAnswer', `The pages of ${path} do not add up to its count, ${TRIES} times`, {
    facts: { path, tries: TRIES },
  });
}

function pageOf<T>(row: ZodType<T>): ZodType<{ count: number; next: string | null; results: T[] }> {
  return z.object({ count: z.int(), next: z.string().nullable(), results: z.array(row) });
}

async function readOnce<T extends { readonly id: number }>(
  http: Http,
  first: string,
  schema: ReturnType<typeof pageOf<T>>,
  signal: AbortSignal | undefined,
): Promise<T[] | null> {
  const rows = new Map<number, T>();
  const seen = new Set<string>();
  for (let path: string | null = first; path !== null;) {
    if (seen.has(path)) return null;
    seen.add(path);
    const page: Awaited<ReturnType<typeof fetchJson<{ count: number; next: string | null; results: T[] }>>> | null =
      await fetchJson(http, { method: 'GET', path, signal }, schema).catch(whenPastTheEnd);
    if (page === null) return null;
    for (const row of page.results) rows.set(row.id, row);
    if (page.next === null) return rows.size === page.count ? [...rows.values()] : null;
    path = rebased(page.next);
  }
  return null;
}

/** A list that became shorter meanwhile has no such page any more. */
function whenPastTheEnd(error: unknown): null {
  if (isMaskloopError(error, 'CvatRejected') && error.facts['answer'] === 'Invalid page.') return null;
  throw error;
}
