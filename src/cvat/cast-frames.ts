import { stemOf } from '../contracts/file-stem.ts';
import type { TaskMeta } from './cvat.ts';

/**
 * Where CVAT itself would put each name of a COCO document, null where it refuses the import: the exact name, the name
 * without extension, below a folder that the deepest name shares with a frame; then the name read as a whole number,
 * which it takes for a frame's number whatever the frames are called; in a video also the number after `frame_`.
 * It says nothing of any of these casts, so we never rely on them. Source: recordings of 2.54.1 and 2.73.0.
 *
 * @returns frame numbers in the task, in the order of `names`
 */
export function castFrames(
  names: readonly string[],
  meta: Pick<TaskMeta, 'frames' | 'video'>,
): readonly (number | null)[] {
  const last = meta.frames.length - 1;
  const exact = new Map(meta.frames.map(({ name }, number) => [name, number]));
  const bare = new Map(meta.frames.map(({ name }, number) => [stemOf(name), number]));
  const root = sharedRoot(names, meta);
  const rooted = (path: string): string => (path.startsWith(root) ? path : root + path);
  return names.map((name) => {
    const stem = stemOf(name);
    const found = exact.get(rooted(name)) ?? bare.get(rooted(stem)) ?? wholeNumber(stem);
    const number = found ?? (meta.video === null ? null : wholeNumber(/(?:^|\/)frame_([^/]*)$/.exec(stem)?.[1] ?? ''));
    return number !== null && number >= 0 && number <= last ? number : null;
  });
}

/** The folder, with its slash, in which a frame has the deepest of the names; empty if there is none. */
export function sharedRoot(names: readonly string[], { frames }: Pick<TaskMeta, 'frames'>): string {
  const [first, ...others] = names.map(stemOf);
  if (first === undefined) return '';
  const deepest = others.reduce((best, stem) => (depth(stem) > depth(best) ? stem : best), first);
  const home = frames.map(({ name }) => stemOf(name)).find((stem) => stem.endsWith(`/${deepest}`));
  return home === undefined ? '' : home.slice(0, -deepest.length);
}

function depth(path: string): number {
  return path.split('/').length;
}

/** What Python's `int` makes of a text; null where it fails. */
function wholeNumber(text: string): number | null {
  return /^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replaceAll('_', '')) : null;
}
