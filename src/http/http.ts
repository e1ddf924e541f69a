import type { FailureCode } from '../contracts/failures.ts';

/** The transport that the protocol clients share. It knows status codes and bodies, and nothing of CVAT or MONAI Label. */

export type HttpMethod = 'DELETE' | 'GET' | 'HEAD' | 'PATCH' | 'POST' | 'PUT';

/** A body of known length that is made anew for each try, so that large uploads are never held in memory whole. */
export interface StreamedBody {
  readonly contentType: string;
  /** Exact number of bytes that {@link chunks} gives. */
  readonly bytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** Milliseconds. Both are limits on silence, not on the whole exchange. */
export interface HttpTimeouts {
  /** From the end of the request to the head of the answer. */
  readonly headersMs: number;
  /** Between two pieces of the answer's body. */
  readonly bodyMs: number;
}

export interface HttpRequest {
  readonly method: HttpMethod;
  /** Begins with `/`, percent-encoded by the caller, with the query if there is one; put behind the path of the base url. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** At most one of `json`, `bytes` and `stream`. `json` sets the content type unless {@link headers} give one. */
  readonly json?: unknown;
  readonly bytes?: Uint8Array;
  readonly stream?: StreamedBody;
  /** Statuses besides 2xx that are returned instead of thrown. */
  readonly allow?: readonly number[];
  /** May be sent again when the connection breaks before an answer. True for GET and HEAD if not given. */
  readonly repeatable?: boolean;
  readonly timeouts?: Partial<HttpTimeouts>;
  readonly signal?: AbortSignal | undefined;
  /**
   * Takes the body of a 2xx answer piece by piece, as it was sent, so that it is never held in memory whole; the answer's
   * own bytes are then empty. A connection that breaks in the middle is no reason to send the request again by itself.
   */
  readonly into?: (piece: Uint8Array, head: Pick<HttpAnswer, 'headers' | 'status'>) => Promise<void>;
}

export interface HttpAnswer {
  readonly method: HttpMethod;
  /** The path of the request without its query, which may hold secrets. */
  readonly path: string;
  readonly status: number;
  /** Names in lower case; repeated headers joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body, content encoding undone. */
  readonly bytes: Uint8Array;
  text(): string;
  /** The body as JSON. @throws the client's `unexpected` code if it is none */
  json(): unknown;
}

/** Which code of the catalogue stands for which way of failing. */
export interface HttpFailures {
  /** No connection, a broken or silent one, or 408, 425, 429 and 5xx. */
  readonly unreachable: FailureCode;
  /** 401. */
  readonly loginRefused: FailureCode;
  /** 403. */
  readonly forbidden: FailureCode;
  /** Every other 4xx. */
  readonly rejected: FailureCode;
  /** A redirect, or a body that is not what it should be. */
  readonly unexpected: FailureCode;
}

export interface Http {
  /** Scheme, host, port and path of the base url, without credentials, query and trailing slash. */
  readonly baseUrl: string;
  readonly failures: HttpFailures;
  /**
   * One exchange. Redirects are not followed: they are the `unexpected` failure, so credentials stay with the host they are for.
   * @throws MaskloopError with a code of {@link failures} and facts `{method, path, status?, answer?, requestId?, reason?}`;
   *   the reason of the signal if that was aborted
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
}
