import { z } from 'zod';
import { messageSchema } from '../message.ts';
import { SEND_TIMEOUT_MS } from '../post.ts';

/**
 * One try to send, written before anything is sent. `sending` that has not become anything else was cut off, and counts as
 * unknown.
 */
export const trySchema = z.object({
  state: z.enum(['sending', 'sent', 'refused', 'unknown']),
  /** ISO times. */
  at: z.string(),
  reason: z.string().nullable(),
  /** When a further try may be made; null for none. */
  nextAt: z.string().nullable(),
});
export type Try = z.infer<typeof trySchema>;

/** Whoever made a try that is older would have given up long ago; in milliseconds. */
const CUT_OFF_MS = 8 * SEND_TIMEOUT_MS;

/** Why such a message is unknown. */
export const CUT_OFF = 'the worker ended while it was sent';

/** True for a try that will never be ended by whoever began it. @param nowMs since 1970 */
export function isCutOff({ state, at }: Try, nowMs: number): boolean {
  return state === 'sending' && nowMs - Date.parse(at) >= CUT_OFF_MS;
}

/** How a message has ended. */
export const endSchema = z.object({
  message: messageSchema,
  /** `refused`: tried as often as makes sense. */
  state: z.enum(['sent', 'refused', 'unknown']),
  tries: z.int(),
  at: z.string(),
  reason: z.string().nullable(),
});
export type End = z.infer<typeof endSchema>;
