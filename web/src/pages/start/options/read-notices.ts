import { CHANNELS, DEFAULT_LADDER, type NoticeOptions } from '../../../../../src/contracts/notice.ts';
import { parseClock, parseLadder, parseWorkingHours } from '../../../../../src/notation/notice-times.ts';
import { namesIn, type OptionReader } from './option-reader.ts';

/** Who is told of what; null for nobody. */
export function readNotices({ texts, optional }: OptionReader): NoticeOptions | null {
  const wanted = namesIn(texts.notify);
  const channels = CHANNELS.filter((channel) => wanted.includes(channel));
  if (channels.length === 0) return null;
  return {
    channels,
    leads: namesIn(texts.leads),
    ladder: optional('remind', parseLadder) ?? DEFAULT_LADDER,
    workingHours: optional('workingHours', parseWorkingHours),
    digestAt: optional('digest', parseClock),
    book: null,
  };
}
