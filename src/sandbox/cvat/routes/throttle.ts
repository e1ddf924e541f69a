import type { FastifyRequest } from 'fastify';
import { refuseDetail } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';

const WINDOW_MS = 60_000;

/**
 * Counts a request without credentials. All addresses that need none share one budget per client; a request beyond it is
 * refused whatever it brings, the right password too, and does not count itself.
 *
 * @throws Refusal 429 which names the whole seconds until the oldest counted request is a minute old
 */
export function checkAnonymousBudget(state: CvatState, request: FastifyRequest): void {
  const forwarded = request.headers['x-forwarded-for']?.toString().replaceAll(/\s/g, '');
  const client = forwarded ?? request.ip;
  const now = state.now();
  const recent = (state.anonymous.get(client) ?? []).filter((time) => time > now - WINDOW_MS);
  state.anonymous.set(client, recent);
  const [oldest] = recent;
  if (oldest === undefined || recent.length < state.anonymousPerMinute) {
    recent.push(now);
    return;
  }
  const seconds = Math.ceil((WINDOW_MS - (now - oldest)) / 1000);
  throw refuseDetail(
    429,
    `Request was throttled. Expected available in ${seconds} second${seconds === 1 ? '' : 's'}.`,
    { 'retry-after': String(seconds) },
  );
}
