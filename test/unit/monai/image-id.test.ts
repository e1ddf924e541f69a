import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { assertImageId, imageId } from '../../../src/monai/image-id.ts';

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', '-', '_', 'ä', ' ', '\ud800'), maxLength: 6 }),
  fc.string({ minLength: 150, maxLength: 400 }),
);
const place = fc.record({ project: name, task: name, frame: name });

/** The frame without its extension, spelled out character by character. */
function stem(frame: string): string {
  const base = frame.slice(frame.lastIndexOf('/') + 1);
  const dot = base.lastIndexOf('.');
  return dot > 0 ? frame.slice(0, frame.length - base.length + dot) : frame;
}

describe('imageId', () => {
  it('is accepted by the server, for any names', () => {
    fc.assert(
      fc.property(place, (where) => {
        expect(imageId(where)).toMatch(/^[A-Za-z0-9_-]{12,200}$/);
        expect(() => assertImageId(imageId(where))).not.toThrow();
      }),
    );
  });

  it('is the same for the same frame of the same task of the same project, and for no other', () => {
    fc.assert(
      fc.property(place, place, fc.integer({ min: 0, max: 7 }), (one, two, same) => {
        const other = {
          project: (same & 1) === 0 ? one.project : two.project,
          task: (same & 2) === 0 ? one.task : two.task,
          frame: (same & 4) === 0 ? one.frame : two.frame,
        };
        const equal = one.project === other.project && one.task === other.task && stem(one.frame) === stem(other.frame);
        expect(imageId(one) === imageId(other)).toBe(equal);
      }),
      { numRuns: 500 },
    );
  });

  it('carries task and frame for people', () => {
    const where = { project: 'SurgVU', task: 'Iteration 1', frame: 'case_07/video.part.2/frame_000123.png' };
    expect(imageId(where)).toMatch(/^Iteration-1_case_07-video-part-2-frame_000123_[0-9a-f]{12}$/);
    expect(imageId({ ...where, frame: 'case_07/video.part.2/frame_000123.jpg' })).toBe(imageId(where));
  });

  it('tells apart what reads alike', () => {
    const frames = ['a/b', 'a-b', 'a b', 'a.b/c', 'a.b', 'A-B', 'ä', 'ö', '', '.png'];
    const ids = frames.map((frame) => imageId({ project: 'p', task: 't', frame: `${frame}.x` }).toLowerCase());
    expect(new Set(ids).size).toBe(frames.length);
    expect(imageId({ project: 'pä', task: 'ö', frame: 'c' })).not.toBe(
      imageId({ project: 'p', task: 'äö', frame: 'c' }),
    );
    expect(imageId({ project: 'p', task: 'ab', frame: 'c' })).not.toBe(
      imageId({ project: 'pa', task: 'b', frame: 'c' }),
    );
  });

  it('keeps its value, since images are found again by it', () => {
    expect(imageId({ project: 'SurgVU', task: 'Iteration_1', frame: 'frame_000001.png' })).toBe(
      'Iteration_1_frame_000001_0f19cc458e71',
    );
  });
});
