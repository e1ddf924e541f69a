import type { CvatVersion } from '../state/version.ts';
import type { AttributeValue, Shape, Track } from '../state/shapes.ts';

type NewTrack = Omit<Track, 'id'>;
type NewShape = Omit<Shape, 'id'>;

/** A shape whose annotation says that it belongs to a track. */
export interface TrackedShape {
  readonly trackId: string;
  readonly isKeyframe: boolean;
  readonly shape: NewShape;
  readonly attributes: readonly AttributeValue[];
}

/**
 * Puts tracks together again. Frames that an export only interpolated are left out, except (since after 2.54.1) the
 * last one before a track ends; it ends with an outside shape on the next frame, if the task has one.
 *
 * @param task number of its last frame, and the release that imports
 */
export function joinTracks(
  tracked: readonly TrackedShape[],
  task: { lastFrame: number; version: CvatVersion },
): NewTrack[] {
  const tracks = [...new Set(tracked.map((one) => one.trackId))];
  return tracks.map((track) => {
    const members = tracked.filter((one) => one.trackId === track);
    const ordered = members.toSorted((a, b) => a.shape.frame - b.shape.frame);
    const shapes = ordered.flatMap((member, index) => {
      const { frame } = member.shape;
      const next = ordered[index + 1]?.shape.frame;
      const endsHere = next === undefined || next > frame + 1;
      const isKept = member.isKeyframe || (endsHere && task.version !== '2.54.1');
      const shown = isKept ? [trackShape(member.shape, frame, false)] : [];
      return endsHere && frame < task.lastFrame ? [...shown, trackShape(member.shape, frame + 1, true)] : shown;
    });
    return trackOf(ordered, shapes);
  });
}

function trackOf(members: readonly TrackedShape[], shapes: readonly object[]): NewTrack {
  const [first] = members;
  return {
    frame: first?.shape.frame ?? 0,
    label_id: first?.shape.label_id ?? 0,
    group: 0,
    source: first?.shape.source ?? 'file',
    shapes,
    attributes: first?.attributes ?? [],
    elements: [],
  };
}

function trackShape(shape: NewShape, frame: number, outside: boolean): object {
  const { type, occluded, z_order, rotation, points } = shape;
  return { type, frame, occluded, outside, z_order, rotation, points, attributes: [] };
}
