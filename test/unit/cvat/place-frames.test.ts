import { describe, expect, it } from '@jest/globals';
import { castFrames } from '../../../src/cvat/cast-frames.ts';
import type { TaskMeta } from '../../../src/cvat/cvat.ts';
import { placeFrames } from '../../../src/cvat/place-frames.ts';
import { taskMetaWire } from '../../../src/cvat/wire/task.ts';
import { failureOf } from '../../contract/kit/failure-of.ts';

const images = (...names: readonly string[]): Pick<TaskMeta, 'frames' | 'video'> => ({
  frames: names.map((name) => ({ name, width: 4, height: 3 })),
  video: null,
});

/** What CVAT says of a video of which some frames make a task. */
function video(start: number, stop: number, step: number): TaskMeta {
  return taskMetaWire.parse({
    frames: [{ name: 'case_042.mp4', width: 4, height: 3 }],
    deleted_frames: [],
    size: Math.floor((stop - start) / step) + 1,
    start_frame: start,
    stop_frame: stop,
    frame_filter: step === 1 ? '' : `step=${step}`,
    chapters: [],
  });
}

const refusal = async (names: readonly string[], meta: Pick<TaskMeta, 'frames' | 'video'>) =>
  failureOf((async () => placeFrames(names, meta))());

describe('the frame of a mask', () => {
  it('has the same name without extension, folders included, whatever the order', () => {
    expect(placeFrames(['b.png', 'a.png'], images('a.jpg', 'b.jpg', 'c.jpg'))).toEqual([1, 0]);
    expect(placeFrames(['p/1.png'], images('o/1.png', 'p/1.png'))).toEqual([1]);
    expect(placeFrames(['0000000005.png'], images('0000000000.png', '0000000005.png'))).toEqual([1]);
  });

  it('may leave out the one folder that all frames lie in', () => {
    expect(placeFrames(['1.png', '2.png'], images('case/1.png', 'case/2.png'))).toEqual([0, 1]);
  });

  it.each([
    ['in several folders of the same names', ['1.png'], images('o/1.png', 'p/1.png')],
    ['beside frames in folders, which CVAT would take instead', ['y.png'], images('a/y.png', 'y.png')],
    ['in another case', ['A.png'], images('a.png')],
    ['below a folder that the task does not have', ['x/a.png'], images('a.png')],
    ['of another number of digits', ['000001.png'], images('0000000000.png', '0000000001.png')],
    ['by its number alone', ['1.png'], images('case_a.png', 'case_b.png')],
    ['by a number that only some lack', ['case_a.png', '1.png'], images('case_a.png', 'case_b.png')],
    ['twice', ['a.png', 'a.jpg'], images('a.png')],
    ['among honeypots', ['b.png'], images('a.png', 'b.png', 'a.png')],
  ])('is refused %s', async (_, names, meta) => {
    expect(await refusal(names, meta)).toMatchObject({ code: 'FrameMismatch' });
  });

  it('is told together with the frame that CVAT would have taken', async () => {
    const failure = await refusal(['1.png', 'z.png'], images('case_a.png', 'case_b.png'));
    expect(failure.message).toBe(
      '2 of 2 masks have no frame of the same name in the task, first 1.png, which CVAT would put on frame 1, "case_b.png".',
    );
    expect(failure.facts).toMatchObject({
      names: [
        { mask: '1.png', cvatWouldTake: { frame: 1, name: 'case_b.png' } },
        { mask: 'z.png', cvatWouldTake: null },
      ],
    });
  });
});

describe('the frame of a mask in a video', () => {
  it('is counted as in the file, with start and step', () => {
    expect(placeFrames(['frame_000000.png', 'frame_000003.png'], video(0, 19, 1))).toEqual([0, 3]);
    expect(placeFrames(['frame_000015.png', 'frame_000005.png'], video(5, 15, 5))).toEqual([2, 0]);
    expect(placeFrames(['frame_000005.png', 'frame_000014.png'], video(5, 14, 1))).toEqual([0, 9]);
  });

  it.each([
    ['counted as in the task', ['frame_000000.png', 'frame_000001.png'], video(5, 15, 5)],
    ['counted partly so', ['frame_000005.png', 'frame_000001.png'], video(5, 15, 5)],
    ['given twice, once each way', ['frame_000005.png', 'frame_000000.png'], video(5, 15, 5)],
    ['a bare number', ['1.png'], video(5, 15, 5)],
    ['of fewer digits', ['frame_3.png'], video(0, 19, 1)],
    ['the file itself', ['case_042.mp4'], video(0, 19, 1)],
    ['after the end', ['frame_000020.png'], video(0, 19, 1)],
    ['a number that may mean either count', ['frame_000005.png', 'frame_000009.png'], video(5, 14, 1)],
  ])('is refused where it is %s', async (_, names, meta) => {
    expect(await refusal(names, meta)).toMatchObject({ code: 'FrameMismatch' });
  });
});

describe('the cast that CVAT makes of a name', () => {
  // Recorded on 2.54.1 and 2.73.0.
  const numeric = images('0000000000.png', '0000000005.png', '0000000123.png');
  it.each([
    ['0000000005.png', numeric, 1],
    ['000001.png', numeric, 1],
    ['1.png', numeric, 1],
    ['0000000002.png', numeric, 2],
    ['0000000003.png', numeric, null],
    ['123.png', numeric, null],
    ['-1.png', numeric, null],
    ['1.0.png', numeric, null],
    ['a/000001.png', numeric, null],
    ['frame_000001.png', numeric, null],
    ['frame_000010.png', video(5, 15, 5), 1],
    ['frame_000001.png', video(5, 15, 5), 1],
    ['frame_000006.png', video(5, 15, 5), null],
    ['1.png', video(5, 15, 5), 1],
    ['10.png', video(5, 15, 5), null],
  ])('is for %s the recorded one', (name, meta, frame) => {
    expect(castFrames([name], meta)).toEqual([frame]);
  });
});
