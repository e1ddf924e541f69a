import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { assertImageId, imageId } from '../../../src/monai/image-id.ts';

const name = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: fc.constantFrom('a', 'A', '.', '/', '-', '_', 'ä', ' ', '\ud800'), maxLength: 6 }),
  fc.string({ minLength: 150, maxLength: 400 }),
);
const connection = fc.oneof(fc.constant('default'), name);
const place = fc.record({ connection, project: name, task: name, frame: name });

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

  it('is the same for the same frame of the same task, project and connection, and for no other', () => {
    fc.assert(
      fc.property(place, place, fc.integer({ min: 0, max: 15 }), (one, two, same) => {
        const other = {
          connection: (same & 8) === 0 ? one.connection : two.connection,
          project: (same & 1) === 0 ? one.project : two.project,
          task: (same & 2) === 0 ? one.task : two.task,
          frame: (same & 4) === 0 ? one.frame : two.frame,
        };
        const equal =
          one.connection === other.connection &&
          one.project === other.project &&
          one.task === other.task &&
          stem(one.frame) === stem(other.frame);
        expect(imageId(one) === imageId(other)).toBe(equal);
      }),
      { numRuns: 500 },
    );
  });

  it('carries task and frame for people', () => {
    const where = {
      connection: 'default',
      project: 'SurgVU',
      task: 'Iteration 1',
      frame: 'case_07/video.part.2/frame_000123.png',
    };
    expect(imageId(where)).toMatch(/^Iteration-1_case_07-video-part-2-frame_000123_[0-9a-f]{12}$/);
    expect(imageId({ ...where, frame: 'case_07/video.part.2/frame_000123.jpg' })).toBe(imageId(where));
  });

  it('tells apart what reads alike', () => {
    const frames = ['a/b', 'a-b', 'a b', 'a.b/c', 'a.b', 'A-B', 'ä', 'ö', '', '.png'];
    const ids = frames.map((frame) =>
      imageId({ connection: 'default', project: 'p', task: 't', frame: `${frame}.x` }).toLowerCase(),
    );
    expect(new Set(ids).size).toBe(frames.length);
    expect(imageId({ connection: 'default', project: 'pä', task: 'ö', frame: 'c' })).not.toBe(
      imageId({ connection: 'default', project: 'p', task: 'äö', frame: 'c' }),
    );
    expect(imageId({ connection: 'default', project: 'p', task: 'ab', frame: 'c' })).not.toBe(
      imageId({ connection: 'default', project: 'pa', task: 'b', frame: 'c' }),
    );
  });

  it('keeps its value, since images are found again by it', () => {
    expect(imageId({ connection: 'default', project: 'SurgVU', task: 'Iteration_1', frame: 'frame_000001.png' })).toBe(
      'Iteration_1_frame_000001_0f19cc458e71',
    );
  });

  it('is another one for each video task, though all of their frames are named alike', () => {
    const tasks = [
      { connection: 'default', project: 'P', task: 'case 1' },
      { connection: 'default', project: 'P', task: 'case.1' },
      { connection: 'default', project: 'Q', task: 'case 1' },
      { connection: 'north', project: 'P', task: 'case 1' },
      { connection: 'default', project: 'north', task: 'P' },
    ];
    const ids = tasks.map((task) => imageId({ ...task, frame: 'frame_000000' }));
    expect(new Set(ids).size).toBe(tasks.length);
    for (const id of ids) expect(id).toMatch(/_frame_000000_[0-9a-f]{12}$/);
  });
});
