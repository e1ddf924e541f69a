import { outlineBetween, type Corner } from './match-outlines.ts';
import type { Keyframe, NativeShape, Track } from './native.ts';

/**
 * The shapes of a track on the frames of its job, as CVAT shows them: at a keyframe what was set there; behind it, until
 * the next keyframe, what lies between the two; behind the last one the same up to the last frame. From a keyframe that
 * is outside until the next one there is nothing. Rectangles, ellipses and cuboids move on straight lines and turn the
 * shorter way; polygons and polylines go as {@link outlineBetween} says; several points stay, a single one moves; masks
 * are there at their keyframes only; other shapes stay as they were.
 *
 * @param lastFrame number of the last frame of the job
 * @returns shapes with the track's id and label, in the order of the frames
 */
export function trackShapes(track: Track, lastFrame: number): NativeShape[] {
  const keys = track.keyframes.toSorted((a, b) => a.frame - b.frame);
  return keys.flatMap((key, i) => {
    if (key.outside || key.frame > lastFrame) return [];
    const next = keys[i + 1];
    const end = key.type === 'mask' ? key.frame : Math.min(lastFrame, (next?.frame ?? Infinity) - 1);
    const frames = Array.from({ length: end - key.frame + 1 }, (_, offset) => key.frame + offset);
    return frames.map((frame) => shapeAt(track, frame, between(key, next, frame)));
  });
}

type Place = Pick<Keyframe, 'points' | 'rotation'> & { readonly of: Keyframe };

function shapeAt(track: Track, frame: number, { of: key, points, rotation }: Place): NativeShape {
  const { id, labelId, group, source, elements } = track;
  const { type, zOrder, occluded } = key;
  const attributes = [...track.attributes, ...key.attributes];
  return {
    id,
    type,
    labelId,
    frame,
    points,
    zOrder,
    rotation,
    group,
    source,
    occluded,
    outside: false,
    attributes,
    elements,
  };
}

function between(key: Keyframe, next: Keyframe | undefined, frame: number): Place {
  const stays = { of: key, points: key.points, rotation: key.rotation };
  if (next === undefined || frame === key.frame || next.type !== key.type) return stays;
  const share = (frame - key.frame) / (next.frame - key.frame);
  switch (key.type) {
    case 'rectangle':
    case 'ellipse':
    case 'cuboid':
      return { of: key, points: line(key, next, share), rotation: turned(key.rotation, next.rotation, share) };
    case 'polygon':
      return { ...stays, points: closedBetween(cornersOf(key), cornersOf(next), share) };
    case 'polyline':
      return { ...stays, points: outlineBetween(cornersOf(key), cornersOf(next), share).flat() };
    case 'points':
      return key.points.length === 2 && next.points.length === 2 ? { ...stays, points: line(key, next, share) } : stays;
    default:
      return stays;
  }
}

function line(key: Keyframe, next: Keyframe, share: number): number[] {
  return key.points.map((value, i) => value + ((next.points[i] ?? value) - value) * share);
}

/** Degrees from 0 to 360, turned the shorter way. */
function turned(from: number, to: number, share: number): number {
  const way = ((((to - from + 180) % 360) + 360) % 360) - 180;
  return (from + way * share + 360) % 360;
}

function cornersOf({ points }: Keyframe): Corner[] {
  return Array.from({ length: Math.floor(points.length / 2) }, (_, i) => [points[2 * i]!, points[2 * i + 1]!] as const);
}

/** Polygons are followed around and back to their first corner, which is then left out again. */
function closedBetween(first: readonly Corner[], second: readonly Corner[], share: number): number[] {
  return outlineBetween([...first, ...first.slice(0, 1)], [...second, ...second.slice(0, 1)], share)
    .slice(0, -1)
    .flat();
}
