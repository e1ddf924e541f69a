import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { chooseHeldOut } from '../../../src/activities/hold-out.ts';

const names = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 60 });
const share = fc.double({ min: 0.01, max: 0.9, noNaN: true });

function numbered(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `frame_${index}`);
}

describe('the choice of held-out frames', () => {
  it('is at least one frame and never all', () => {
    fc.assert(
      fc.property(names, share, (all, fraction) => {
        const chosen = chooseHeldOut(all, fraction, 'P/T');
        expect(chosen.size).toBeGreaterThan(0);
        expect(chosen.size).toBeLessThan(all.length);
        expect([...chosen].every((name) => all.includes(name))).toBe(true);
      }),
    );
  });

  it('is the asked share of many frames', () => {
    for (const fraction of [0.05, 0.2, 0.5, 0.9]) {
      // Six standard deviations of 4,000 draws.
      const room = 6 * Math.sqrt((fraction * (1 - fraction)) / 4000);
      const { size } = chooseHeldOut(numbered(4000), fraction, 'P/T');
      expect(Math.abs(size / 4000 - fraction)).toBeLessThan(room);
    }
  });

  it('does not depend on the order of the frames', () => {
    fc.assert(
      fc.property(names, (all) => {
        const [one, other] = [chooseHeldOut(all.toReversed(), 0.3, 'P/T'), chooseHeldOut(all, 0.3, 'P/T')];
        expect([...one].toSorted()).toEqual([...other].toSorted());
      }),
    );
  });

  it('holds out no frame that was trained on before the task grew', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const [few, more] = [numbered(12), numbered(40)];
      const [before, after] = [chooseHeldOut(few, 0.2, `P/${seed}`), chooseHeldOut(more, 0.2, `P/${seed}`)];
      expect(few.filter((name) => after.has(name) && !before.has(name))).toEqual([]);
    }
  });

  it('keeps what is held out as frames come and go, while enough are below the share', () => {
    const all = numbered(60);
    const chosen = chooseHeldOut(all, 0.3, 'P/T');
    for (const left of [all.slice(0, 30), all.slice(30), all.filter((_, index) => index % 3 === 0)]) {
      expect([...chooseHeldOut(left, 0.3, 'P/T')]).toEqual(left.filter((name) => chosen.has(name)));
    }
  });

  it('decides on whole groups, alike in tasks that share some of them', () => {
    const group = (name: string): string => name.split('/')[0] ?? '';
    const frames = (from: number, to: number): readonly string[] =>
      numbered(to)
        .slice(from)
        .flatMap((video) => [`${video}/1`, `${video}/2`]);
    const [one, other] = [
      chooseHeldOut(frames(0, 30), 0.3, 'P', group),
      chooseHeldOut(frames(20, 50), 0.3, 'P', group),
    ];
    const shared = (held: ReadonlySet<string>) => frames(20, 30).filter((name) => held.has(name));
    expect(shared(one)).toEqual(shared(other));
    expect(shared(one).length).toBeGreaterThan(0);
    for (const name of one) expect(one.has(name.replace(/.$/, '1')) && one.has(name.replace(/.$/, '2'))).toBe(true);
  });

  it('holds nothing out at 0, nor of a single frame', () => {
    expect(chooseHeldOut(['a', 'b', 'c'], 0, 'P/T').size).toBe(0);
    expect(chooseHeldOut(['a'], 0.5, 'P/T').size).toBe(0);
  });

  it('differs between iterations', () => {
    expect(chooseHeldOut(numbered(40), 0.2, 'P/T1')).not.toEqual(chooseHeldOut(numbered(40), 0.2, 'P/T2'));
  });
});
