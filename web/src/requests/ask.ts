import type { z } from 'zod';
import { API_PREFIX, PAGE_HEADER, type Endpoint } from '../../../src/api/endpoint.ts';
import { ownRefusal, refusalOf, type Purpose } from './refusal.ts';

/** What a request may say; what the endpoint does not need may be left out. */
export interface Asking<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
}

/**
 * Asks the server and checks its answer by the endpoint's schema. An answer without content is undefined, one that is no JSON its text.
 *
 * @param isAskedAgain true where the page does so by itself, once there is news
 * @throws Refusal what the server says, `ServerUnreachable`, `ServerAnswerUnknown`; the signal's reason if aborted
 */
export async function ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  asking: Asking<P, Q, B> = {},
  signal?: AbortSignal,
  isAskedAgain = false,
): Promise<z.output<A>> {
  const body = asking.body === undefined ? null : JSON.stringify(asking.body);
  const purpose = purposeOf(endpoint, isAskedAgain);
  const request = {
    method: endpoint.method,
    headers: {
      accept: endpoint.produces ?? 'application/json',
      ...(endpoint.method === 'GET' ? {} : { [PAGE_HEADER]: '1' }),
      ...(body === null ? {} : { 'content-type': 'application/json' }),
    },
    body,
    signal: signal ?? null,
  };
  const { answer, text } = await send(addressOf(endpoint, asking), request, purpose);
  return parsed(endpoint, answer.status, text, purpose);
}

/** Where an endpoint is, with parameters percent-encoded. */
export function addressOf<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  { path }: Endpoint<P, Q, B>,
  { params, query }: Asking<P, Q, B>,
): string {
  const named = fieldsOf(params);
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(named.get(name) ?? ''));
  const search = new URLSearchParams([...fieldsOf(query)]).toString();
  return API_PREFIX + (search === '' ? at : `${at}?${search}`);
}

function purposeOf({ changes, tag }: Endpoint, isAskedAgain: boolean): Purpose {
  if (isAskedAgain) return 'reading';
  return changes && tag !== 'session' ? 'change' : 'repeatable';
}

async function send(
  address: string,
  request: RequestInit,
  purpose: Purpose,
): Promise<{ answer: Response; text: string }> {
  try {
    const answer = await fetch(address, { ...request, credentials: 'same-origin' });
    const text = await answer.text();
    if (!answer.ok) throw refusalOf(answer, text, purpose);
    return { answer, text };
  } catch (error) {
    // A browser tells of a server that is away by a TypeError, whatever the reason.
    if (!(error instanceof TypeError)) throw error;
    throw ownRefusal('ServerUnreachable', 0, 'The server does not answer.', purpose);
  }
}

function parsed<A extends z.ZodType>(
  endpoint: Endpoint<z.ZodType, z.ZodType, z.ZodType, A>,
  status: number,
  text: string,
  purpose: Purpose,
): z.output<A> {
  const { answer: schema, produces, path, method } = endpoint;
  const value: unknown = schema === null ? undefined : produces === undefined ? jsonOf(text) : text;
  const isKnown = (given: unknown): given is z.output<A> => schema === null || schema.safeParse(given).success;
  if (isKnown(value)) return value;
  const where = schema?.safeParse(value).error?.issues[0]?.path.join('.') ?? '';
  const detail = `${method} ${path} answers something unknown at "${where}".`;
  throw ownRefusal('ServerAnswerUnknown', status, detail, purpose);
}

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return new Map(entries.map(([name, field]) => [name, String(field)]));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
