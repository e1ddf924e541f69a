import { describe, expect, it } from '@jest/globals';
import { groupOf } from '../../../src/gate/group-of.ts';

describe('the group of a frame', () => {
  it.each([
    [undefined, 'video1/frame_000001.png', 'video1/frame_000001.png'],
    ['folder', 'a/video1/frame_000001.png', 'a/video1'],
    ['folder', 'frame_000001.png', 'frame_000001.png'],
    [String.raw`^(.*)_\d+`, 'case12_000001.png', 'case12'],
    [String.raw`^(.*)_\d+`, 'other.png', 'other.png'],
    ['^(?:a|b)-(x|y)', 'b-y-3.png', 'y'],
  ])('by %s of %s is %s', (group, name, wanted) => {
    expect(groupOf(group)(name)).toBe(wanted);
  });

  it.each(['(', '^video', '^(a)(b)'])('is not told by %s', (group) => {
    expect(() => groupOf(group)).toThrow('one capturing group');
  });
});
