import { MaskloopError, type Fact } from '../contracts/error.ts';
import { castFrames, sharedRoot } from './cast-frames.ts';
import type { Frame, TaskMeta } from './cvat.ts';
import { stemOf } from '../contracts/file-stem.ts';
import { requireAbsoluteNumbers } from './video-numbers.ts';

type Frames = Pick<TaskMeta, 'frames' | 'video'>;

/** More names than these are counted, not listed. */
const MAX_LISTED = 20;

/**
 * The frame that each file name belongs to: the one of exactly this name without extension, folders included; where all
 * names lie in one folder of the task, that folder may be left out. Stricter than CVAT, whose own reading of every name
 * must come to the same frame, or nothing is placed.
 *
 * @returns frame numbers in the task, in the order of `names`
 * @throws MaskloopError `FrameMismatch` for a name without a frame (with the frame that CVAT would have taken), for two
 *   names of one frame or two frames of one name, and for numbers of a video that may mean two things
 */
export function placeFrames(names: readonly string[], meta: Frames): readonly number[] {
  const numbers = framesByStem(meta.frames);
  const root = folderLeftOut(names, meta);
  const cast = castFrames(names, meta);
  const placed = names.map((name) => {
    const stem = stemOf(name);
    return numbers.get(stem) ?? numbers.get(root + stem) ?? null;
  });
  const wrong = names.filter((_, index) => placed[index] === null || placed[index] !== cast[index]);
  if (wrong.length > 0) throw withoutFrame(names, wrong, cast, meta);
  const frames = placed.map((frame) => frame ?? -1);
  requireDistinct(names, frames);
  requireAbsoluteNumbers(names, meta);
  return frames;
}

/**
 * Frame number by name without extension.
 *
 * @throws MaskloopError `FrameMismatch` if two frames share a name
 */
export function framesByStem(frames: readonly Frame[]): ReadonlyMap<string, number> {
  const numbers = new Map<string, number>();
  for (const [number, { name }] of frames.entries()) {
    const other = numbers.get(stemOf(name));
    if (other !== undefined) {
      throw new MaskloopError(
        'FrameMismatch',
        `Frames ${other} and ${number} of the task are both named "${stemOf(name)}", as in a task with honeypots: an import by name would reach both.`,
        { facts: { frames: [other, number], name: stemOf(name) } },
      );
    }
    numbers.set(stemOf(name), number);
  }
  return numbers;
}

/**
 * The folder of the task, with its slash, in which all names lie if they may leave it out; empty where they may not,
 * because one of them could then be several frames.
 */
export function folderLeftOut(names: readonly string[], meta: Pick<TaskMeta, 'frames'>): string {
  return isUnambiguous(names, meta) ? sharedRoot(names, meta) : '';
}

/** Each name is the end of at most one frame's path, so that a folder that is left out can only be one. */
function isUnambiguous(names: readonly string[], { frames }: Pick<TaskMeta, 'frames'>): boolean {
  const ends = new Map<string, number>();
  for (const { name } of frames) {
    const parts = stemOf(name).split('/');
    for (let from = 0; from < parts.length; from += 1) {
      const end = parts.slice(from).join('/');
      ends.set(end, (ends.get(end) ?? 0) + 1);
    }
  }
  return names.every((name) => (ends.get(stemOf(name)) ?? 0) <= 1);
}

function withoutFrame(
  names: readonly string[],
  wrong: readonly string[],
  cast: readonly (number | null)[],
  { frames }: Frames,
): MaskloopError {
  const landing = (name: string): { frame: number; name: string } | null => {
    const frame = cast[names.indexOf(name)] ?? null;
    return frame === null ? null : { frame, name: frames[frame]?.name ?? '' };
  };
  const listed = wrong.slice(0, MAX_LISTED).map((name): Fact => ({ mask: name, cvatWouldTake: landing(name) }));
  const [first = ''] = wrong;
  const taken = landing(first);
  const elsewhere = taken === null ? '' : `, which CVAT would put on frame ${taken.frame}, "${taken.name}"`;
  return new MaskloopError(
    'FrameMismatch',
    `${wrong.length} of ${names.length} masks have no frame of the same name in the task, first ${first}${elsewhere}.`,
    { facts: { missing: wrong.length, masks: names.length, names: listed, frame: frames[0]?.name ?? null } },
  );
}

function requireDistinct(names: readonly string[], frames: readonly number[]): void {
  const nameOf = new Map<number, string>();
  for (const [index, frame] of frames.entries()) {
    const other = nameOf.get(frame);
    const name = names[index] ?? '';
    if (other !== undefined) {
      throw new MaskloopError('FrameMismatch', `${other} and ${name} would both lie on frame ${frame}.`, {
        facts: { frame, names: [other, name] },
      });
    }
    nameOf.set(frame, name);
  }
}
