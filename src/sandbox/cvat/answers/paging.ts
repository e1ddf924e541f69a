import { json, type Answer } from './answer.ts';
import { refuseDetail } from './refusal.ts';

const DEFAULT_PAGE_SIZE = 10;

interface Listing {
  readonly origin: string;
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * One page of a list, newest id first unless `sort=id`.
 *
 * @throws Refusal 404 past the last page
 */
export function pageOf<T extends { readonly id: number }>(
  listing: Listing,
  items: Iterable<T>,
  show: (item: T) => unknown,
): Answer {
  const ascending = listing.query.get('sort') === 'id';
  const sorted = [...items].toSorted((a, b) => (ascending ? a.id - b.id : b.id - a.id));
  return pageInOrder(listing, sorted, show);
}

/** One page of a list whose order is settled. @throws Refusal 404 past the last page */
export function pageInOrder<T>(listing: Listing, items: readonly T[], show: (item: T) => unknown): Answer {
  const size = pageSize(listing.query.get('page_size'), items.length);
  const pages = Math.max(1, Math.ceil(items.length / size));
  const number = Number(listing.query.get('page') ?? 1);
  if (!Number.isInteger(number) || number < 1 || number > pages) throw refuseDetail(404, 'Invalid page.');
  return json(200, {
    count: items.length,
    next: number < pages ? address(listing, number + 1) : null,
    previous: number > 1 ? address(listing, number - 1) : null,
    results: items.slice((number - 1) * size, number * size).map(show),
  });
}

function pageSize(asked: string | null, count: number): number {
  if (asked === 'all') return Math.max(1, count);
  const size = Number(asked);
  return Number.isInteger(size) && size > 0 ? size : DEFAULT_PAGE_SIZE;
}

/** The same list at another page; the first one is named by leaving the number out. */
function address(listing: Listing, number: number): string {
  const query = new URLSearchParams(listing.query);
  query.delete('page');
  if (number > 1) query.set('page', String(number));
  query.sort();
  const text = query.toString();
  return `${listing.origin}${listing.path}${text === '' ? '' : `?${text}`}`;
}
