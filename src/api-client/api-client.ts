import type { z } from 'zod';
import { API_PREFIX, PAGE_HEADER, USER_HEADER, type Endpoint } from '../api/endpoint.ts';
import { problem } from '../api/schemas/problem.ts';
import { MaskloopError } from '../contracts/error.ts';
import { isFailureCode } from '../contracts/failures.ts';
import type { Http, HttpAnswer, StreamedBody } from '../http/http.ts';
import { createHttp } from '../http/undici-http.ts';

/** A worker may take ten minutes for what somebody waits for, in milliseconds. */
const PATIENCE_MS = 15 * 60_000;

const STATUSES = Array.from({ length: 300 }, (_, index) => 300 + index);

interface Request<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> {
  readonly params?: z.input<P>;
  readonly query?: z.input<Q>;
  readonly body?: z.input<B>;
  readonly stream?: StreamedBody;
  readonly signal?: AbortSignal | undefined;
}

/** Asks a maskloop server. */
export interface ApiClient {
  /** Address of the server. */
  readonly url: string;
  /**
   * The answer of an endpoint, checked by its schema; fields that this version does not know stay in it.
   *
   * @throws MaskloopError what the server refuses with, `ServerUnreachable`, `ServerAnswerUnknown`; the signal's reason if aborted
   */
  ask<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    request: Request<P, Q, B>,
  ): Promise<z.output<A>>;
  /** The same where there is nothing to answer. */
  tell<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    endpoint: Endpoint<P, Q, B>,
    request: Request<P, Q, B>,
  ): Promise<void>;
  /** The same for an answer that is a text. */
  text<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    endpoint: Endpoint<P, Q, B>,
    request: Request<P, Q, B>,
  ): Promise<string>;
  /** The same for an answer of bytes, which are handed on as they come; a connection that breaks on the way is a failure. */
  pour<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    endpoint: Endpoint<P, Q, B>,
    request: Request<P, Q, B>,
    into: (piece: Uint8Array) => Promise<void>,
  ): Promise<void>;
  /** The same for bytes that are few. */
  bytes<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
    endpoint: Endpoint<P, Q, B>,
    request: Request<P, Q, B>,
  ): Promise<Uint8Array>;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Asked for each time; null where the server asks for none. */
  readonly token: { read(): string } | null;
  /** Who sits at the terminal, for servers on which many share a token. */
  readonly user: string;
}

/** Binds the API to a server. */
export function createApiClient({ url, token, user }: ApiClientOptions): ApiClient {
  const http = createHttp({
    baseUrl: url,
    failures: {
      unreachable: 'ServerUnreachable',
      loginRefused: 'LoginNeeded',
      forbidden: 'AccessDenied',
      rejected: 'ServerAnswerUnknown',
      unexpected: 'ServerAnswerUnknown',
    },
    headers: async () => ({
      [PAGE_HEADER]: '1',
      [USER_HEADER]: encodeURIComponent(user),
      ...(token === null ? {} : { authorization: `Bearer ${token.read()}` }),
    }),
    timeouts: { headersMs: PATIENCE_MS },
  });
  return {
    url: http.baseUrl,
    ask: async (endpoint, request) => answerOf(endpoint, await send(http, endpoint, request)),
    tell: async (endpoint, request) => void (await send(http, endpoint, request)),
    text: async (endpoint, request) => (await send(http, endpoint, request)).text(),
    pour: async (endpoint, request, into) => void (await send(http, endpoint, request, into)),
    bytes: async (endpoint, request) => (await send(http, endpoint, request)).bytes,
  };
}

async function send(
  http: Http,
  { method, path }: Endpoint,
  { params, query, body, stream, signal }: Request<z.ZodType, z.ZodType, z.ZodType>,
  into?: (piece: Uint8Array) => Promise<void>,
): Promise<HttpAnswer> {
  const answer = await http.send({
    method,
    path: API_PREFIX + addressOf(path, fieldsOf(params), fieldsOf(query)),
    ...(body === undefined ? {} : { json: body }),
    ...(stream === undefined ? {} : { stream }),
    signal,
    allow: STATUSES,
    repeatable: (method === 'GET' || method === 'PUT') && into === undefined,
    // What is handed on is what was sent: no proxy is to pack it on the way.
    ...(into === undefined ? {} : { into, headers: { 'accept-encoding': 'identity' } }),
  });
  if (answer.status < 300) return answer;
  throw refusal(answer);
}

function addressOf(path: string, params: ReadonlyMap<string, string>, query: ReadonlyMap<string, string>): string {
  const at = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params.get(name) ?? ''));
  const search = new URLSearchParams([...query]).toString();
  return search === '' ? at : `${at}?${search}`;
}

function fieldsOf(value: unknown): ReadonlyMap<string, string> {
  if (typeof value !== 'object' || value === null) return new Map();
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return new Map(entries.map(([name, field]) => [name, String(field)]));
}

/** What the server says in the words of the catalogue; anything else is none of ours. */
function refusal(answer: HttpAnswer): MaskloopError {
  const { data } = problem.safeParse(jsonOf(answer));
  if (data !== undefined && isFailureCode(data.code)) {
    return new MaskloopError(data.code, data.detail, { facts: data.facts });
  }
  const { method, path, status } = answer;
  const code = status >= 500 ? 'ServerUnreachable' : 'ServerAnswerUnknown';
  return new MaskloopError(code, `${method} ${path} answered ${status}, and not as a maskloop server does.`, {
    facts: { method, path, status },
  });
}

function jsonOf(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return null;
  }
}

function answerOf<A extends z.ZodType>(
  { answer: schema }: Endpoint<z.ZodType, z.ZodType, z.ZodType, A>,
  answer: HttpAnswer,
) {
  const { method, path } = answer;
  const value = answer.json();
  const isKnown = (given: unknown): given is z.output<A> => schema?.safeParse(given).success === true;
  if (isKnown(value)) return value;
  const where = schema?.safeParse(value).error?.issues[0]?.path.join('.') ?? '';
  throw new MaskloopError('ServerAnswerUnknown', `${method} ${path} answers something unknown at "${where}".`, {
    facts: { method, path, where },
  });
}
