import { describe, expect, it } from '@jest/globals';
import type { FailureCode } from '../../../src/contracts/failures.ts';
import type { IterationState } from '../../../src/contracts/iteration.ts';
import { meetTrouble, worked } from '../../../src/workflows/away.ts';
import { beginTry, enter, openState, settle, waitFor } from '../../../src/workflows/state.ts';
import { toldOf } from '../../../src/workflows/told-of.ts';

const T0 = '2026-01-01T00:00:00.000Z';

type Change = (state: IterationState, now: string) => IterationState;

function fails(code: FailureCode, handling: 'outage' | 'attention' = 'outage'): Change {
  const failure = {
    code,
    handling,
    message: 'what happened',
    action: 'what to do',
    facts: {},
    activity: 'submitLabels',
  };
  return (state, now) => meetTrouble(state, failure, now);
}

const away = fails('MonaiUnreachable');
const held = fails('OnHold');
const back: Change = (state, now) => worked(state, 'submitLabels', now);
const otherWorks: Change = (state, now) => worked(state, 'submitCorrections', now);
const pause: Change = (state, now) => waitFor(state, 'resume', now);
const turn: Change = (state, now) => waitFor(waitFor(state, 'turn', now), 'machine', now);
const done: Change = (state, now) => enter(settle(state, 'train', 'done', now), 'evaluate', now);
const skipped: Change = (state, now) => enter(settle(state, 'train', 'skipped', now), 'evaluate', now);

/** What is said while one change comes after the other, a minute apart. */
function saidOf(changes: readonly Change[]): readonly string[] {
  let state: IterationState = { ...openState(T0), step: 'train' };
  return changes.flatMap((change, index) => {
    const now = new Date(Date.parse(T0) + (index + 1) * 60_000).toISOString();
    const before = state;
    state = change(beginTry(state, now), now);
    return toldOf(before, state, now).map((told) => ('code' in told ? `${told.kind} ${told.code}` : told.kind));
  });
}

const BACK = 'server-back MonaiUnreachable';

describe('what people are told of servers', () => {
  it.each<[string, readonly Change[], readonly string[]]>([
    ['a hold', [held, held, back], []],
    ['an outage', [away, away, away, back], ['server-away', BACK]],
    ['a server that is still down when its hold ends', [held, held, away, away, back], ['server-away', BACK]],
    ['an outage that becomes a hold, and is over with it', [away, held, held, back], ['server-away', BACK]],
    ['an outage with a hold in its midst', [away, held, away, away, back], ['server-away', BACK]],
    ['a hold, an outage, a hold', [held, away, held, back], ['server-away', BACK]],
    ['two outages', [away, back, away, back], ['server-away', BACK, 'server-away', BACK]],
    ['an outage in which something else works', [away, otherWorks, away, otherWorks, back], ['server-away', BACK]],
    ['an outage in which it is paused', [away, pause, away, pause, back], ['server-away', BACK]],
    ['an outage in which others have the turn', [away, turn, away, turn, back], ['server-away', BACK]],
    ['an outage in which a worker is lost', [away, fails('WorkerStopped'), away, back], ['server-away', BACK]],
    ['a lost worker alone', [fails('WorkerStopped'), back], []],
    ['an outage that ends with its step', [away, done], ['server-away', BACK]],
    [
      'an outage whose step is skipped after it',
      [away, fails('ImageConflict', 'attention'), skipped],
      ['server-away', 'attention'],
    ],
    [
      'an outage that is over once a person has decided',
      [away, fails('ImageConflict', 'attention'), back],
      ['server-away', 'attention', BACK],
    ],
  ])('%s', (_what, changes, said) => {
    expect(saidOf(changes)).toEqual(said);
  });
});
