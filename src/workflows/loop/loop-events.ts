import type { LoopEvent } from '../../contracts/loop.ts';
import { utf8Bytes } from './utf8-bytes.ts';

const MOST_EVENTS = 50;
/** The state travels through Temporal, in less than 16 kB. */
const MOST_BYTES = 6000;

/** Longest name and text of an event, in UTF-16 code units. */
const LONGEST = { by: 80, detail: 240 };

/** A text that is no longer than so many code units; what is cut off is shown by `…`. */
export function shortened(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).toWellFormed()}…`;
}

/** The events with one more, as many of the newest as there is room for. */
export function withEvent(events: readonly LoopEvent[], event: LoopEvent): readonly LoopEvent[] {
  const { detail } = event;
  const added: LoopEvent = {
    ...event,
    by: shortened(event.by, LONGEST.by),
    ...(detail === undefined ? {} : { detail: shortened(detail, LONGEST.detail) }),
  };
  const kept: LoopEvent[] = [];
  let bytes = 0;
  for (const one of [...events, added].toReversed()) {
    bytes += utf8Bytes(JSON.stringify(one)) + 1;
    if (kept.length === MOST_EVENTS || bytes > MOST_BYTES) break;
    kept.unshift(one);
  }
  return kept;
}
