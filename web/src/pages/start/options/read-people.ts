import {
  AT_DEADLINE,
  LAST_POLICIES,
  MOST_EXTENSIONS,
  type DeadlineOptions,
  type MoreTime,
} from '../../../../../src/contracts/deadline.ts';
import { PEOPLE_SETTINGS } from '../../../../../src/contracts/comparison.ts';
import type { IterationInput } from '../../../../../src/contracts/iteration.ts';
import type { ReviewOptions } from '../../../../../src/contracts/waiting.ts';
import { parseDuration, parseInterval } from '../../../../../src/notation/duration.ts';
import { NotationError } from '../../../../../src/notation/notation-error.ts';
import { namesIn, oneOf, percent, wholeNumber, type OptionReader } from './option-reader.ts';

/** 100 % is all, which is another rule. */
const MOST_OF_ALL = 99.9;

/** When people are done, until when they have time, who looks at what they did, and who is named. @param now from which a deadline after some time is counted */
export function readPeople(
  reader: OptionReader,
  now: Date,
): Pick<IterationInput, 'completion' | 'review' | 'tellPeople'> {
  const { texts, read } = reader;
  const deadline = readDeadline(reader, now);
  const review = readReview(reader);
  const rule = texts.completeWhen === 'acceptance' ? 'acceptance' : 'state';
  const atLeast = texts.completeWhen === 'fraction' ? read('completeShare', percent(1, MOST_OF_ALL), null) : null;
  return {
    completion: {
      rule,
      ...(atLeast === null ? {} : { atLeast }),
      ...(deadline === null ? {} : { deadline }),
      pollMs: read('poll', parseInterval, 1000),
    },
    ...(review === null ? {} : { review }),
    tellPeople: read('tellPeople', oneOf(PEOPLE_SETTINGS), 'names'),
  };
}

function readDeadline(reader: OptionReader, now: Date): DeadlineOptions | null {
  const { texts, read } = reader;
  if (texts.deadline === 'none') return null;
  const policy = read('atDeadline', oneOf(AT_DEADLINE), 'attention');
  const more = policy === 'extend' || policy === 'reassign' ? readMore(reader, policy) : null;
  const then = { policy, ...(more === null ? {} : { more }) };
  if (texts.deadline === 'at') {
    return { at: read('deadlineAt', (text) => laterTime(text, now), now.toISOString()), afterMs: null, ...then };
  }
  const afterMs = read('deadlineAfter', aboveZero, 0);
  return { at: new Date(now.getTime() + afterMs).toISOString(), afterMs, ...then };
}

function readMore({ read }: OptionReader, policy: 'extend' | 'reassign'): MoreTime {
  return {
    byMs: read('extendBy', aboveZero, 0),
    times: read('extendTimes', wholeNumber(1, MOST_EXTENSIONS), 1),
    people: policy === 'extend' ? [] : read('reassignTo', atLeastOneName, []),
    last: read('atLastDeadline', oneOf(LAST_POLICIES), 'attention'),
  };
}

function readReview({ texts, read }: OptionReader): ReviewOptions | null {
  const reviewers = namesIn(texts.review);
  if (reviewers.length === 0) return null;
  if (texts.reviewPick === 'share') {
    return { reviewers, pick: { kind: 'share', share: read('reviewShare', percent(1, 100), 1) } };
  }
  if (texts.reviewPick === 'mostChanged') {
    return { reviewers, pick: { kind: 'mostChanged', jobs: read('reviewJobs', wholeNumber(1, 100), 1) } };
  }
  return { reviewers, pick: { kind: 'all' } };
}

function aboveZero(text: string): number {
  const ms = parseDuration(text);
  if (ms > 0) return ms;
  throw new NotationError('Write a time above 0: 90s, 5m, 1h, 2d.');
}

/** A time on the viewer's clock, as browsers write it. */
function laterTime(text: string, now: Date): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new NotationError('Choose a day and a time.');
  if (at <= now.getTime()) throw new NotationError('Choose a time in the future.');
  return new Date(at).toISOString();
}

function atLeastOneName(text: string): readonly string[] {
  const names = namesIn(text);
  if (names.length > 0) return names;
  throw new NotationError('Name who is given the open jobs: ana,ben.');
}
