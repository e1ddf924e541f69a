import { isRecord } from './yaml-values.ts';

/** Keys of the training that say what is held out. */
export const HELD_OUT_KEYS = ['heldOut', 'heldOutImages', 'heldOutMasks', 'heldOutTask', 'heldOutFrames'] as const;

/** What they say. */
export type HeldOutKeys = Partial<Readonly<Record<(typeof HELD_OUT_KEYS)[number], unknown>>>;

/** What the training of a text says of them; undefined for each where it is none. */
export function heldOutKeys(training: unknown): HeldOutKeys {
  return Object.fromEntries(HELD_OUT_KEYS.map((key) => [key, isRecord(training) ? training[key] : undefined]));
}

/** How it is said what models are measured on and never trained on. */
export const HELD_OUT_WAYS = {
  share: 'A share of the frames of each iteration',
  frames: 'Frames that people label first, in a task of their own',
  folder: 'Images of a folder, with their masks',
  task: 'All that another task was sealed with',
  'ground-truth': 'The ground truth job in CVAT',
  file: 'Frames that a file names',
} as const;

export type HeldOutWay = keyof typeof HELD_OUT_WAYS;

const GROUND_TRUTH = 'ground-truth';

/** Which way the keys of a text take; null where they take several. */
export function heldOutWay(keys: HeldOutKeys): HeldOutWay | null {
  const { heldOut, heldOutImages, heldOutMasks, heldOutTask, heldOutFrames } = keys;
  const isTruth = heldOut === GROUND_TRUTH;
  const ways: readonly HeldOutWay[] = [
    ...(heldOutFrames === undefined ? [] : ['frames' as const]),
    ...(heldOutImages === undefined && heldOutMasks === undefined ? [] : ['folder' as const]),
    ...(isTruth ? ['ground-truth' as const] : typeof heldOut === 'string' ? ['file' as const] : []),
    ...(heldOutTask === undefined || isTruth ? [] : ['task' as const]),
    ...(typeof heldOut === 'number' ? ['share' as const] : []),
  ];
  return ways.length > 1 ? null : (ways[0] ?? 'share');
}

/** With what a way begins: keys that have to be filled in are empty. */
export function beginWay(way: HeldOutWay): HeldOutKeys {
  switch (way) {
    case 'share':
      return {};
    case 'frames':
      return { heldOutFrames: 40 };
    case 'folder':
      return { heldOutImages: '', heldOutMasks: '' };
    case 'task':
      return { heldOutTask: '' };
    case 'ground-truth':
      return { heldOut: GROUND_TRUTH };
    case 'file':
      break;
  }
  return { heldOut: '' };
}
