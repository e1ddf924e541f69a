import { describe, expect, it } from '@jest/globals';
import { frameCounts } from '../../../src/activities/plan/planned-frames.ts';

function counts(masks: readonly string[], frames: readonly string[]) {
  const images = masks.map((file_name, index) => ({ id: index + 1, file_name, width: 1, height: 1 }));
  return frameCounts({ images }, frames);
}

describe('the frames that have a mask', () => {
  it('are those of the same name, whatever the endings', () => {
    expect(counts(['a.png', 'v/b.png'], ['a.jpg', 'v/b.jpg', 'v/a.jpg'])).toEqual({ matched: 2, withoutMask: 1 });
  });

  it('are those in the one folder of the task that the masks leave out', () => {
    expect(counts(['a.png', 'b.png'], ['case 1/a.jpg', 'case 1/b.jpg', 'case 1/c.jpg'])).toEqual({
      matched: 2,
      withoutMask: 1,
    });
  });

  it('are none where the folder could be several', () => {
    expect(counts(['a.png'], ['case 1/a.jpg', 'case 2/a.jpg'])).toEqual({ matched: 0, withoutMask: 2 });
  });
});
