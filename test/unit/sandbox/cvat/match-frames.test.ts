import { describe, expect, it } from '@jest/globals';
import { frameMatcher, itemId } from '../../../../src/sandbox/cvat/coco/match-frames.ts';

function find(frames: readonly string[], names: readonly string[], from = 0): (number | undefined)[] {
  const numbered = frames.map((name, number) => ({ name, number })).slice(from);
  return names.map(frameMatcher(numbered, names));
}

const NUMERIC = ['0000000000.png', '0000000005.png', '0000000123.png'];

describe('how CVAT finds the frame of a COCO file name', () => {
  it('takes a number that is no frame name for the position of a frame', () => {
    expect(find(NUMERIC, ['0000000005'])).toEqual([1]);
    expect(find(NUMERIC, ['000001.png', '1.png', '0000000001.png'])).toEqual([1, 1, 1]);
    expect(find(NUMERIC, ['0000000002', '0.png'])).toEqual([2, 0]);
    expect(find(NUMERIC, ['0000000005.png', '000001.png'])).toEqual([1, 1]);
    expect(find(['case_a_0007.png', 'case_a_0008.png'], ['1.png'])).toEqual([1]);
  });

  it.each(['0000000003.png', '5.png', '123.png', 'frame_000001.png', '-1.png', '1.0.png', 'a/000001.png'])(
    'finds nothing for %s among numbers that it is not',
    (name) => {
      expect(find(NUMERIC, [name])).toEqual([undefined]);
    },
  );

  it('does not care for the extension', () => {
    expect(find(['frame_000000.png', 'frame_000001.png'], ['frame_000001.jpg'])).toEqual([1]);
    expect(itemId('a.b/frame.1.png')).toBe('a.b/frame.1');
  });

  it('finds frames in folders by full name and by bare name, but not below a further folder', () => {
    const frames = ['case_001/frame_000000.png', 'case_001/frame_000001.png'];
    expect(find(frames, ['case_001/frame_000001.png'])).toEqual([1]);
    expect(find(frames, ['frame_000001.png', 'frame_000000.png'])).toEqual([1, 0]);
    expect(find(frames, ['root/case_001/frame_000000'])).toEqual([undefined]);
    expect(find(['frame_000000.png'], ['images/frame_000000.png'])).toEqual([undefined]);
  });

  it('looks only at the frames of a job when a job is imported into', () => {
    const frames = ['f_a.png', 'f_b.png', 'f_c.png', 'f_d.png'];
    expect(find(frames, ['1.png', '3.png', 'f_a.png', 'f_d.png'], 2)).toEqual([undefined, 3, undefined, 3]);
  });
});
