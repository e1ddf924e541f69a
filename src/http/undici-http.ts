import { Readable } from 'node:stream';
import { Pool, type Dispatcher } from 'undici';
import { isMaskloopError } from '../contracts/error.ts';
import { answerFailure } from './answer-failure.ts';
import { connectionFailure, isBadCall, isBrokenConnection } from './connection-problem.ts';
import type { Http, HttpAnswer, HttpFailures, HttpRequest, HttpTimeouts, StreamedBody } from './http.ts';
import { readAnswer } from './read-answer.ts';

export interface HttpOptions {
  /** `http(s)://host[:port][/path]`. */
  readonly baseUrl: string;
  readonly failures: HttpFailures;
  /** Headers of every request, asked for each time: secrets may change on disk. A request's own headers win. */
  readonly headers?: () => Promise<Readonly<Record<string, string>>>;
  /** For servers that close connections without saying so. Otherwise connections are kept and shared. */
  readonly oneConnectionPerRequest?: boolean;
  readonly connectTimeoutMs?: number;
  readonly timeouts?: Partial<HttpTimeouts>;
}

/** A gateway in front of a busy server gives up after a minute; two minutes of silence are an outage. */
const TIMEOUTS: HttpTimeouts = { headersMs: 120_000, bodyMs: 60_000 };
const CONNECT_TIMEOUT_MS = 10_000;
/** Connections to one server at once; further requests queue. */
const CONNECTIONS = 16;

/**
 * The shared transport over undici: kept connections, limits on silence, gzip, no redirects, statuses as named failures.
 * A GET or HEAD whose connection breaks before the answer is complete is sent once more.
 * @throws TypeError if `baseUrl` is no http or https url
 */
export function createHttp(options: HttpOptions): Http {
  const base = new URL(options.baseUrl);
  if (base.protocol !== 'http:' && base.protocol !== 'https:') throw new TypeError('baseUrl must be http or https');
  const prefix = base.pathname.replace(/\/+$/, '');
  const { failures } = options;
  const pool = new Pool(base.origin, {
    connections: CONNECTIONS,
    connect: { timeout: options.connectTimeoutMs ?? CONNECT_TIMEOUT_MS },
  });

  async function exchange(
    request: HttpRequest,
    headers: Record<string, string>,
    body: Dispatcher.DispatchOptions['body'],
  ): Promise<HttpAnswer> {
    const timeouts = { ...TIMEOUTS, ...options.timeouts, ...request.timeouts };
    const answer = await pool.request({
      method: request.method,
      path: prefix + request.path,
      headers,
      body: body ?? null,
      reset: options.oneConnectionPerRequest ?? false,
      headersTimeout: timeouts.headersMs,
      bodyTimeout: timeouts.bodyMs,
      ...(request.signal === undefined ? {} : { signal: request.signal }),
    });
    return readAnswer(answer, request, failures.unexpected);
  }

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const own = { 'accept-encoding': 'gzip', ...bodyHeaders(request) };
    const headers = merged(own, await options.headers?.(), request.headers);
    const reads = request.method === 'GET' || request.method === 'HEAD';
    const repeatable = request.repeatable ?? (reads && request.into === undefined);
    for (let triesLeft = repeatable ? 1 : 0; ; triesLeft -= 1) {
      const source = request.stream === undefined ? null : watched(request.stream);
      try {
        return accepted(await exchange(request, headers, source?.body ?? plainBody(request)), request, failures);
      } catch (error) {
        if (request.signal?.aborted === true) throw request.signal.reason;
        if (source?.failed() === true || isMaskloopError(error) || isBadCall(error)) throw error;
        if (triesLeft > 0 && isBrokenConnection(error)) continue;
        throw connectionFailure(error, request, { origin: base.origin, code: failures.unreachable });
      }
    }
  }

  return { baseUrl: base.origin + prefix, failures, send };
}

function accepted(answer: HttpAnswer, request: HttpRequest, failures: HttpFailures): HttpAnswer {
  const success = answer.status >= 200 && answer.status < 300;
  if (success || request.allow?.includes(answer.status) === true) return answer;
  throw answerFailure(answer, failures);
}

/** Later headers win, whatever their spelling. */
function merged(...all: (Readonly<Record<string, string>> | undefined)[]): Record<string, string> {
  const pairs = all.flatMap((headers) => Object.entries(headers ?? {}));
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}

function bodyHeaders({ json, stream }: HttpRequest): Record<string, string> {
  if (stream !== undefined) return { 'content-type': stream.contentType, 'content-length': String(stream.bytes) };
  return json === undefined ? {} : { 'content-type': 'application/json' };
}

function plainBody({ json, bytes }: HttpRequest): Dispatcher.DispatchOptions['body'] {
  return bytes ?? (json === undefined ? null : JSON.stringify(json));
}

/** A body that remembers whether its own source failed: an unreadable file is no fault of the server. */
function watched(stream: StreamedBody): { body: Readable; failed: () => boolean } {
  let failed = false;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* stream.chunks();
    } catch (error) {
      failed = true;
      throw error;
    }
  }
  return { body: Readable.from(chunks(), { objectMode: false }), failed: () => failed };
}
