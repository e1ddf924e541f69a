import { MaskloopError, type Facts } from '../contracts/error.ts';
import type { Annotations, Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ExpectedShape } from './expected-shapes.ts';

/**
 * Whose the content of a task is.
 *
 * - `nothing`: there is none.
 * - `ours`: exactly what we send.
 * - `people`: what people may have made of what we sent, or without it: nothing in it was imported by others.
 * - `other`: something that others imported, or predictions that are not ours.
 */
export type Content = 'nothing' | 'ours' | 'people' | 'other';

/** Sources that CVAT gives to the shapes of an import: our document says `auto`, others say nothing. */
const SOURCE = { ours: 'auto', otherImport: 'file' };

/**
 * Compares what a task holds with what would be sent.
 *
 * @param leftOut shapes of frames that are deleted by now: had they been sent before, they are still there, and ours
 */
export function contentOf(
  held: Annotations,
  expected: readonly ExpectedShape[],
  leftOut: readonly ExpectedShape[] = [],
): Content {
  const { tracks, tags } = held;
  const deleted = new Set(leftOut.map((shape) => shapeDigest([shape])));
  const shapes = held.shapes.filter((shape) => deleted.size === 0 || !deleted.has(shapeDigest([shape])));
  if (shapes.length + tracks + tags === 0) return 'nothing';
  if (tracks + tags === 0 && shapeDigest(shapes) === shapeDigest(expected)) return 'ours';
  if (shapes.some(({ source }) => source === SOURCE.otherImport)) return 'other';
  const sent = new Set(expected.map((shape) => shapeDigest([shape])));
  const untouched = shapes.filter(({ source }) => source === SOURCE.ours);
  return untouched.every((shape) => sent.has(shapeDigest([shape]))) ? 'people' : 'other';
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

/** What a task holds, in numbers that a person can check in CVAT. */
export function contentFacts(held: Annotations): Facts {
  return {
    shapes: held.shapes.length,
    tracks: held.tracks,
    tags: held.tags,
    bySource: countBy(held.shapes, ({ source }) => source),
    frames: new Set(held.shapes.map(({ frame }) => frame)).size,
  };
}

/** The refusal to import over what somebody else put into the task. */
export function foreignContent(cvat: Cvat, taskId: number, held: Annotations, wouldSend: number): MaskloopError {
  const url = cvat.taskUrl(taskId);
  const { length } = held.shapes;
  return new MaskloopError(
    'TaskHoldsOtherShapes',
    `Task ${taskId} (${url}) holds ${length} shapes, ${held.tracks} tracks and ${held.tags} tags that this iteration did not put there; an import would delete them.`,
    { facts: { task: taskId, url, ...contentFacts(held), wouldSend } },
  );
}
