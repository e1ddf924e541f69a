import { MaskloopError, type Facts } from '../contracts/error.ts';
import type { Annotations, Cvat } from '../cvat/cvat.ts';
import { shapeDigest } from '../cvat/shape-digest.ts';
import type { ExpectedShape } from './expected-shapes.ts';

/**
 * Whose the content of a task is.
 *
 * - `nothing`: there is none.
 * - `ours`: exactly what we send, with our mark.
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
  const shapes = withoutShapes(held.shapes, leftOut);
  if (shapes.length + tracks + tags === 0) return 'nothing';
  const isMarked = shapes.every(({ source }) => source === SOURCE.ours);
  if (tracks + tags === 0 && isMarked && shapeDigest(shapes) === shapeDigest(expected)) return 'ours';
  if (shapes.some(({ source }) => source === SOURCE.otherImport)) return 'other';
  const sent = new Set(expected.map((shape) => shapeDigest([shape])));
  const untouched = shapes.filter(({ source }) => source === SOURCE.ours);
  return untouched.every((shape) => sent.has(shapeDigest([shape]))) ? 'people' : 'other';
}

/** The shapes that are none of these. */
export function withoutShapes<T extends ExpectedShape>(
  shapes: readonly T[],
  others: readonly ExpectedShape[],
): readonly T[] {
  if (others.length === 0) return shapes;
  const digests = new Set(others.map((shape) => shapeDigest([shape])));
  return shapes.filter((shape) => !digests.has(shapeDigest([shape])));
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1;
  return counts;
}

/** Number of shapes by who made them: `manual`, `semi-auto`, `auto`, `file` and what CVAT may add. */
export function countBySource({ shapes }: Annotations): Readonly<Record<string, number>> {
  return countBy(shapes, ({ source }) => source);
}

/** What a task holds, in numbers that a person can check in CVAT. */
export function contentFacts(held: Annotations): Facts {
  return {
    shapes: held.shapes.length,
    tracks: held.tracks,
    tags: held.tags,
    bySource: countBySource(held),
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
