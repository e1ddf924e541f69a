import { describe, expect, it } from '@jest/globals';
import { tooFewFrames } from '../../../../src/activities/loop/enough-frames.ts';
import type { LoopPolicy } from '../../../../src/contracts/loop.ts';
import type { StopAction } from '../../../../src/contracts/stop-rules.ts';

const GROWS = { kind: 'folder', uri: 'file:///frames' } as const;
const STAYS = { kind: 'files', images: { uri: 'file:///frames', sha256: 'aa', files: 9 } } as const;

/** What becomes of a loop that wants 5 new frames where so many are left. */
function action(rules: Partial<LoopPolicy>, left: number, named?: StopAction): StopAction | undefined {
  const stop = named === undefined ? [] : [{ rule: 'empty-pool' as const, action: named }];
  const policy = { minNewFrames: 5, pace: 'schedule' as const, pool: GROWS, stop, ...rules };
  const pool = { frames: 9, groups: 3, used: 9 - left, heldOut: 0, alike: 0, eligible: left, candidates: left };
  return tooFewFrames(policy, { number: 3, frames: Math.min(2, left), pool })?.action;
}

describe('too few frames', () => {
  it('end a loop that goes on by itself, or do what its file says', () => {
    expect([action({ pace: 'continuous' }, 4), action({ pace: 'continuous' }, 0, 'ask')]).toEqual(['stop', 'ask']);
    expect(action({ pace: 'continuous' }, 5)).toBeUndefined();
  });

  it('are waited for on a schedule while more may come, unless nothing is left and the file names what then', () => {
    expect([action({}, 4), action({}, 0), action({}, 4, 'stop')]).toEqual(['note', 'note', 'note']);
    expect([action({}, 0, 'stop'), action({}, 0, 'ask')]).toEqual(['stop', 'ask']);
  });

  it('end a loop on a schedule as well where its pool stays as it is', () => {
    expect([action({ pool: STAYS }, 4), action({ pool: STAYS }, 0)]).toEqual(['stop', 'stop']);
    expect(action({ pool: STAYS }, 4, 'note')).toBe('note');
  });
});
