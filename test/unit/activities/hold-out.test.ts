import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseHeldOut } from '../../../src/activities/hold-out.ts';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 60 });

describe('the choice of held-out frames', () => {
  it('takes the asked share, at least one frame and never all', () => {
    fc.assert(
      fc.property(names, fc.double({ min: 0.01, max: 0.9, noNaN: true }), (all, fraction) => {
        const chosen = chooseHeldOut(all, fraction, 'P/T');
        expect(chosen.size).toBe(Math.min(Math.max(1, Math.round(all.length * fraction)), all.length - 1));
        expect([...chosen].every((name) => all.includes(name))).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the frames', () => {
    fc.assert(
      fc.property(names, (all) => {
        expect(chooseHeldOut(all.toReversed(), 0.3, 'P/T')).toEqual(chooseHeldOut(all, 0.3, 'P/T'));
      }),
    );
  });

  it('holds nothing out at 0, nor of a single frame', () => {
    expect(chooseHeldOut(['a', 'b', 'c'], 0, 'P/T').size).toBe(0);
    expect(chooseHeldOut(['a'], 0.5, 'P/T').size).toBe(0);
  });

  it('differs between iterations', () => {
    const all = Array.from({ length: 40 }, (_, index) => `frame_${index}`);
    expect(chooseHeldOut(all, 0.2, 'P/T1')).not.toEqual(chooseHeldOut(all, 0.2, 'P/T2'));
  });
});
