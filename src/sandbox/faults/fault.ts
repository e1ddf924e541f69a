/** What may go wrong between a client and a server. Times are in milliseconds. */
export type Fault =
  /** Nothing listens: at once without {@link Route}, else from the first matching request on, which is reset. Until removed if `forMs` is left out. */
  | { readonly kind: 'refuse'; readonly forMs?: number }
  /** The connection is reset before the server hears of the request. */
  | { readonly kind: 'reset-before' }
  /** The server is sent half of the body, then both connections are reset. A request without body does not reach it. */
  | { readonly kind: 'reset-during' }
  /** The server carries the request out, and its answer is lost. */
  | { readonly kind: 'reset-after' }
  | { readonly kind: 'too-many-requests'; readonly retryAfterSeconds: number }
  /** 500 with a page of HTML; the server does not hear of the request. */
  | { readonly kind: 'server-error' }
  /** What a gateway says of a server that is down. */
  | { readonly kind: 'bad-gateway' }
  /** The answer's body comes in pieces with pauses between. */
  | { readonly kind: 'slow-answer'; readonly pieceBytes: number; readonly everyMs: number }
  /** The answer promises its whole body, and the connection ends after half of it. */
  | { readonly kind: 'half-answer' }
  /** The previous answer to the same request, as a cache would give; the server does not hear of the request. Passes where there was none. */
  | { readonly kind: 'stale-answer' }
  /** The request reaches the server twice, one after the other; the answer is that to the first. */
  | { readonly kind: 'duplicate' }
  /** The sender is told 200, and nothing is delivered. */
  | { readonly kind: 'lose' }
  /** The sender is told 200; delivered after the next matching request, or after `withinMs` (1,000) if none comes. */
  | { readonly kind: 'reorder'; readonly withinMs?: number }
  /** Delivered later. With `told` the sender hears 200 at once, else waits for the real answer. */
  | { readonly kind: 'delay'; readonly ms: number; readonly told?: boolean }
  /** The server's clock is ahead by `ms` (behind if negative): its Date header and all times in JSON bodies. Goes together with any other fault. */
  | { readonly kind: 'clock-skew'; readonly ms: number };

export type FaultKind = Fault['kind'];

/** Which requests a rule is about; all of them if empty. */
export interface Route {
  readonly method?: string;
  /** Searched in the undecoded path with its query. */
  readonly path?: RegExp;
}

export interface FaultRule extends Route {
  readonly fault: Fault;
  /** How many matching requests it may hit; without bound if left out. */
  readonly count?: number;
  /** How many matching requests pass before the first may be hit; 0 if left out. */
  readonly after?: number;
  /** Chance of each matching request to be hit, 0 to 1; 1 if left out. */
  readonly probability?: number;
}

/** One request that came to a fault layer. */
export interface FaultEntry {
  readonly method: string;
  /** Undecoded path with the query. */
  readonly target: string;
  /** What was done to it; null if it passed untouched. */
  readonly fault: FaultKind | null;
}
