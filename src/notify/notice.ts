import type { NoticeKind } from '../contracts/notice.ts';
import type { Values } from './text/placeholders.ts';

/** Something to be said once, before it is known by which channels. */
export interface Notice {
  readonly kind: NoticeKind;
  /** User names in CVAT; empty for everybody who reads the channel. */
  readonly whom: readonly string[];
  /** What tells this occasion from every other one of the kind. */
  readonly episode: string;
  /**
   * Outside of working hours it is sent at once, waits for the next opening, or is not taken: whoever says it asks again, and
   * it may have become another one by then.
   */
  readonly whenClosed: 'send' | 'wait' | 'ask again';
  /** What its text is made of, with times as a time zone shows them. */
  readonly values: (timeZone: string) => Values;
}
