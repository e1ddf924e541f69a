import type { LoopPlace } from '../../shell/loop-place.ts';

/** The page of a schedule; each name is percent-encoded as a whole. */
export function scheduleAddress({ connection, project, loop }: LoopPlace): string {
  return `/schedules/${[connection, project, loop].map(encodeURIComponent).join('/')}`;
}
