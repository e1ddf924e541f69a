/** Size of the frames, in pixels. */
export const WIDTH = 12;
export const HEIGHT = 10;
const STEP = { frame_filter: 'step=5', start_frame: 5 };
const PART = { start_frame: 5, stop_frame: 14 };
const CASES = ['case_a.png', 'case_b.png', 'case_c.png'];
const NUMERIC = ['0000000000.png', '0000000005.png', '0000000123.png'];

/** A task that somebody has made, masks for it, and what has to become of them. */
export interface Misplacement {
  readonly title: string;
  /** Names of frames, or how a task takes them from a video of 20 frames. */
  readonly frames: readonly string[] | object;
  readonly task?: object;
  readonly options?: object;
  readonly deleted?: readonly number[];
  readonly masks: readonly string[];
  readonly height?: number;
  /** The frame of each mask, null for one that is left out; or the refusal. */
  readonly lands: readonly (number | null)[] | string;
}

/** Every way known by which CVAT puts a mask on another frame, and beside each what is right. */
export const MISPLACEMENTS: readonly Misplacement[] = [
  {
    title: 'frames of the same names in another order',
    frames: CASES,
    masks: ['case_c.png', 'case_a.png'],
    lands: [2, 0],
  },
  { title: 'frames of the same names but for the extension', frames: ['a.jpg', 'b.jpg'], masks: ['b.png'], lands: [1] },
  { title: 'numeric names that are those of frames', frames: NUMERIC, masks: ['0000000123.png'], lands: [2] },
  {
    title: 'a number that CVAT casts to another frame',
    frames: NUMERIC,
    masks: ['000001.png'],
    lands: 'FrameMismatch',
  },
  { title: 'a number among frames with names', frames: CASES, masks: ['1.png'], lands: 'FrameMismatch' },
  {
    title: 'a right name beside a cast one',
    frames: NUMERIC,
    masks: ['0000000005.png', '000002.png'],
    lands: 'FrameMismatch',
  },
  {
    title: 'two masks of which one is cast onto the other',
    frames: NUMERIC,
    masks: ['0000000005.png', '1.png'],
    lands: 'FrameMismatch',
  },
  { title: 'a name in another case', frames: CASES, masks: ['Case_a.png'], lands: 'FrameMismatch' },
  { title: 'a name that CVAT refuses anyway', frames: CASES, masks: ['frame_000001.png'], lands: 'FrameMismatch' },
  { title: 'folders of equal names', frames: ['o/1.png', 'p/1.png'], masks: ['p/1.png'], lands: [1] },
  { title: 'names without the one folder of the task', frames: ['o/1.png', 'o/2.png'], masks: ['2.png'], lands: [1] },
  {
    title: 'names without a folder where there are two',
    frames: ['o/1.png', 'p/1.png'],
    masks: ['1.png'],
    lands: 'FrameMismatch',
  },
  {
    title: 'a frame that CVAT would look for in a folder',
    frames: ['a/y.png', 'y.png'],
    masks: ['y.png'],
    lands: 'FrameMismatch',
  },
  { title: 'a folder that the task lacks', frames: CASES, masks: ['x/case_a.png'], lands: 'FrameMismatch' },
  { title: 'absolute numbers of a video', frames: {}, masks: ['frame_000003.png', 'frame_000019.png'], lands: [3, 19] },
  {
    title: 'absolute numbers of a video with a step',
    frames: STEP,
    masks: ['frame_000015.png', 'frame_000005.png'],
    lands: [2, 0],
  },
  {
    title: 'relative numbers of a video with a step',
    frames: STEP,
    masks: ['frame_000000.png', 'frame_000001.png'],
    lands: 'FrameMismatch',
  },
  {
    title: 'both kinds of numbers in a video',
    frames: STEP,
    masks: ['frame_000005.png', 'frame_000001.png'],
    lands: 'FrameMismatch',
  },
  {
    title: 'both kinds of numbers for one frame',
    frames: STEP,
    masks: ['frame_000005.png', 'frame_000000.png'],
    lands: 'FrameMismatch',
  },
  { title: 'bare numbers in a video', frames: STEP, masks: ['1.png'], lands: 'FrameMismatch' },
  {
    title: 'numbers of part of a video that can only be absolute',
    frames: PART,
    masks: ['frame_000005.png', 'frame_000014.png'],
    lands: [0, 9],
  },
  {
    title: 'numbers of part of a video that may be either',
    frames: PART,
    masks: ['frame_000005.png', 'frame_000009.png'],
    lands: 'FrameMismatch',
  },
  {
    title: 'numbers of part of a video that can only be relative',
    frames: PART,
    masks: ['frame_000000.png', 'frame_000009.png'],
    lands: 'FrameMismatch',
  },
  { title: 'a number after the end of a video', frames: {}, masks: ['frame_000020.png'], lands: 'FrameMismatch' },
  { title: 'a deleted frame among others', frames: CASES, deleted: [1], masks: CASES, lands: [0, null, 2] },
  { title: 'nothing but deleted frames', frames: CASES, deleted: [0], masks: ['case_a.png'], lands: [null] },
  {
    title: 'frames that two jobs share',
    frames: CASES,
    task: { segment_size: 2, overlap: 1 },
    masks: CASES,
    lands: 'FramesShared',
  },
  {
    title: 'a frame that only one of two overlapping jobs has',
    frames: CASES,
    task: { segment_size: 2, overlap: 1 },
    masks: ['case_a.png'],
    lands: [0],
  },
  {
    title: 'masks of another size',
    frames: CASES,
    masks: ['case_a.png'],
    height: HEIGHT + 1,
    lands: 'FrameSizeMismatch',
  },
  {
    title: 'honeypots, which have the names of other frames',
    frames: ['a.png', 'b.png', 'c.png', 'd.png', 'e.png', 'f.png'],
    task: { segment_size: 2 },
    options: {
      sorting_method: 'random',
      validation_params: {
        mode: 'gt_pool',
        frame_selection_method: 'manual',
        frames: ['a.png', 'b.png'],
        frames_per_job_count: 1,
      },
    },
    masks: ['a.png'],
    lands: 'FrameMismatch',
  },
];
