import { describe, expect, it } from '@jest/globals';
import { fc } from '../../../kit/seeded-properties.ts';
import { segments } from '../../../../src/sandbox/cvat/state/segments.ts';

describe('cutting a task into jobs', () => {
  it('cuts as the real server was seen to', () => {
    expect(segments({ frames: 5, segmentSize: 2, overlap: 0 }).ranges).toEqual([
      { start: 0, stop: 1 },
      { start: 2, stop: 3 },
      { start: 4, stop: 4 },
    ]);
    const shared = segments({ frames: 20, segmentSize: 5, overlap: 5 });
    expect(shared.overlap).toBe(2);
    expect(shared.ranges.map(({ start, stop }) => `${start}-${stop}`)).toEqual([
      '0-4',
      '3-7',
      '6-10',
      '9-13',
      '12-16',
      '15-19',
    ]);
  });

  it('puts every frame into a job, and makes no job of shared frames only', () => {
    const task = fc.record({
      frames: fc.integer({ min: 1, max: 60 }),
      segmentSize: fc.integer({ min: 1, max: 70 }),
      overlap: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(task, (asked) => {
        const { ranges, overlap } = segments(asked);
        expect(ranges[0]?.start).toBe(0);
        expect(ranges.at(-1)?.stop).toBe(asked.frames - 1);
        for (const [index, range] of ranges.entries()) {
          const earlier = ranges[index - 1];
          if (earlier !== undefined) {
            expect(earlier.stop - range.start + 1).toBe(overlap);
            expect(range.stop).toBeGreaterThan(earlier.stop);
          }
        }
      }),
    );
  });
});
