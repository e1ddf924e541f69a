import type { Mutation } from './mutation.ts';
import { cvatContract as contract, cvatUnit as unit } from './suites.ts';

const ROOM = 'src/sandbox/cvat';

/** How CVAT shows the frames of tasks, their ground truth and their previews. */
export const CVAT_FRAMES: readonly Mutation[] = [
  {
    oddity: 'the list of frames is no answer before the frames came',
    file: `${ROOM}/routes/task-data.ts`,
    find: "throw call.state.version === '2.54.1' ? refuseCrash() : refuseList('Data is not uploaded for the task yet');",
    replace: "throw refuseList('Data is not uploaded for the task yet');",
    suites: [contract('tasks'), unit('versions')],
  },
  {
    oddity: 'a task takes no second set of images',
    file: `${ROOM}/routes/task-data.ts`,
    find: '  if (task.data !== null) {\n',
    replace: '  if (task.data !== null && task.id < 0) {\n',
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'a HEAD for a frame breaks the server',
    file: `${ROOM}/routes/task-data.ts`,
    find: '      // CVAT has no permission rule for it and falls over.\n      HEAD: () => page(500),\n',
    replace: '',
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'originals are kept byte for byte',
    file: `${ROOM}/routes/frames.ts`,
    find: "const isOriginal = quality === 'original';",
    replace: "const isOriginal = quality === 'never';",
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'deleted frames keep their places in the list',
    file: `${ROOM}/answers/meta-view.ts`,
    find: '  return frames.map((frame, index) => {\n',
    replace:
      '  return frames.filter((_, index) => !data.deletedFrames.includes(span.start + index)).map((frame, index) => {\n',
    suites: [contract('frames of a task')],
  },
  {
    oddity: 'a ground truth job shows placeholders for frames that are not its own',
    file: `${ROOM}/answers/meta-view.ts`,
    find: 'name: isHidden ? PLACEHOLDER : ',
    replace: 'name: ',
    suites: [unit('ground-truth')],
  },
  {
    oddity: 'a number past the frames is refused with a bound that is one too high',
    file: `${ROOM}/routes/frames.ts`,
    find: '${last + 1}] range`',
    replace: '${last}] range`',
    suites: [unit('tasks')],
  },
  {
    oddity: 'a video is one element of the list of frames',
    file: `${ROOM}/answers/meta-view.ts`,
    find: 'data.video === null ? span.stop + 1 : span.start + 1',
    replace: 'span.stop + 1',
    suites: [unit('video')],
  },
  {
    oddity: 'metadata of a video counts in numbers of its file',
    file: `${ROOM}/answers/meta-view.ts`,
    find: 'stop_frame: video === null ? span.stop : video.start + span.stop * video.step',
    replace: 'stop_frame: span.stop',
    suites: [unit('video')],
  },
  {
    oddity: 'jobs of a video share frames unless told otherwise',
    file: `${ROOM}/state/tasks.ts`,
    find: 'data.video === null ? 0 : VIDEO_OVERLAP',
    replace: '0',
    suites: [unit('video')],
  },
  {
    oddity: 'compressed frames are other bytes than those that were sent',
    file: `${ROOM}/routes/frames.ts`,
    find: 'if (!isOriginal && data.video === null) return',
    replace: 'if (!isOriginal && data.video !== null) return',
    suites: [unit('data-files')],
  },
];
