import { describe, expect, it } from '@jest/globals';
import { wish } from '../../../../src/workflows/loop/begin-wish.ts';
import { iterate, openLoop, placeAt, setPaused, stopBy } from '../../../../src/workflows/loop/loop-state.ts';
import { ARTIFACT } from '../../../kit/fake-refs.ts';

const AT = '2026-01-01T00:00:00.000Z';
const WHO = { by: 'schedule nightly', at: AT };
const BY = { ...WHO, reply: null };
const resting = placeAt(openLoop(ARTIFACT, AT), { number: 1, task: 'new', begun: false, pace: 'schedule' }, AT);
const running = iterate(resting, 'P/Iteration_1', AT);

describe('a wish for an iteration', () => {
  it('is followed where the loop rests', () => {
    const { state, answer } = wish(resting, { ...BY, overlap: 'skip' });
    expect(answer.outcome).toBe('begins');
    expect(state.begin).toEqual(BY);
  });

  it('is skipped or waits while an iteration runs, as was asked, and the reason is on record', () => {
    const skipped = wish(running, { ...BY, overlap: 'skip' });
    expect(skipped.answer).toEqual({ outcome: 'skipped', why: 'P/Iteration_1 runs' });
    expect(skipped.state.begin).toBeNull();
    expect(skipped.state.events).toEqual([{ what: 'begin', ...WHO, detail: 'skipped: P/Iteration_1 runs' }]);
    const waiting = wish(running, { ...BY, overlap: 'buffer' });
    expect(waiting.answer).toEqual({ outcome: 'waits', why: 'P/Iteration_1 runs' });
    expect(wish(waiting.state, { ...BY, overlap: 'buffer' }).answer).toMatchObject({
      outcome: 'skipped',
      why: expect.stringContaining('has not begun yet'),
    });
  });

  it('is not followed while the loop is paused, after it was stopped, nor where iterations follow by themselves', () => {
    const paused = setPaused(resting, true, WHO);
    expect(wish(paused, { ...BY, overlap: 'skip' }).answer).toEqual({ outcome: 'skipped', why: 'the loop is paused' });
    const ending = stopBy(resting, WHO, '');
    expect(wish(ending, { ...BY, overlap: 'buffer' }).answer).toEqual({ outcome: 'skipped', why: 'the loop ends' });
    const continuous = { ...running, pace: 'continuous' } as const;
    expect(wish(continuous, { ...BY, overlap: 'buffer' }).answer).toEqual({
      outcome: 'skipped',
      why: 'the next one begins by itself',
    });
    const pausedOne = { ...continuous, paused: true };
    expect(wish(pausedOne, { ...BY, overlap: 'buffer' }).answer.why).toBe('the loop is paused');
  });
});
