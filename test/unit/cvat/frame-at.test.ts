import { describe, expect, it } from '@jest/globals';
import { frameAt } from '../../../src/cvat/frame-at.ts';

const FRAMES = ['a.png', 'b.png'].map((name) => ({ name, width: 4, height: 3 }));

describe('a frame of a task', () => {
  it('is what CVAT lists under its number, and named where it is not there', () => {
    expect(frameAt({ frames: FRAMES }, 1)).toEqual({ name: 'b.png', width: 4, height: 3 });
    expect(() => frameAt({ frames: FRAMES }, 2)).toThrow(expect.objectContaining({ code: 'CvatUnexpectedAnswer' }));
  });
});
