/**
 * What became of one try to send.
 *
 * - `acknowledged`: the receiver has said that it has the message.
 * - `refused`: the receiver certainly does not have it: it said so, or nothing was sent to it.
 * - `unknown`: the message may have arrived; nobody has said so.
 */
export type Outcome =
  | { readonly kind: 'acknowledged' }
  | {
      readonly kind: 'refused';
      /** For people; holds no address and no secret. */
      readonly reason: string;
      /** The receiver asks not to be tried sooner, in milliseconds. */
      readonly retryAfterMs?: number;
    }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A try that has certainly failed. */
export function refused(reason: string, retryAfterMs?: number): Outcome {
  return { kind: 'refused', reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

/** A try of which nobody knows whether the message arrived. */
export function unknown(reason: string): Outcome {
  return { kind: 'unknown', reason };
}
