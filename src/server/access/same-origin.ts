import type { IncomingHttpHeaders } from 'node:http';
import { PAGE_HEADER } from '../../api/endpoint.ts';
import { isLoopback } from '../../config/access.ts';
import { MaskloopError } from '../../contracts/error.ts';

/** Letters of an origin that are repeated. */
const LONGEST_ORIGIN = 200;

/**
 * Refuses a change that a page of another origin has had the browser send: such a page cannot set our header, and browsers say where
 * a request comes from.
 *
 * @param origins ours, as in `https://maskloop.example`
 * @throws MaskloopError `PageForeign`; `AccessDenied` without the header
 */
export function requireOwnPage(headers: IncomingHttpHeaders, origins: readonly string[]): void {
  const site = headers['sec-fetch-site'];
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  const { origin } = headers;
  if (isForeign || (origin !== undefined && !origins.includes(origin))) throw foreign(origin, origins);
  if (headers[PAGE_HEADER] !== undefined) return;
  throw new MaskloopError(
    'AccessDenied',
    `A change with a cookie, or without a login, needs the header ${PAGE_HEADER}.`,
    {
      facts: { header: PAGE_HEADER },
    },
  );
}

function foreign(origin: string | undefined, origins: readonly string[]): MaskloopError {
  const from = (origin ?? 'another origin').slice(0, LONGEST_ORIGIN);
  const message = `The change was sent by a page of ${from}; the server takes those of ${origins.join(' and ')}.`;
  return new MaskloopError('PageForeign', message, { facts: { origin: from, origins } });
}

/**
 * Refuses a request for another name than one of this machine: a page elsewhere may have its own name lead here.
 *
 * @param host the header, as in `localhost:7280`
 * @throws MaskloopError `AccessDenied`
 */
export function requireLocalName(host: string | undefined): void {
  const name = (host ?? '').replace(/:\d+$/, '');
  if (isLoopback(name)) return;
  throw new MaskloopError('AccessDenied', 'Without a token the server answers to names of this machine alone.', {
    facts: { name },
  });
}
