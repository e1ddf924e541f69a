import { EVERY_MS } from './use-now.ts';

/**
 * How long ago a moment was, in milliseconds; negative: to come. The present of a page moves on in beats: what is ahead of it by less than
 * one has happened since, and counts as now.
 *
 * @param at milliseconds since 1970, as `now`
 */
export function since(at: number, now: number): number {
  const ms = now - at;
  return ms < 0 && ms > -EVERY_MS ? 0 : ms;
}
