import { z } from 'zod';
import type { Track } from '../state/shapes.ts';
import type { ExportedShape } from './exported-shape.ts';

const keyframe = z.looseObject({
  type: z.string(),
  frame: z.number(),
  occluded: z.boolean().default(false),
  outside: z.boolean().default(false),
  z_order: z.number().default(0),
  rotation: z.number().default(0),
  points: z.array(z.number()).default([]),
});
type Keyframe = z.infer<typeof keyframe>;

/**
 * The shapes of tracks on every frame, from a keyframe to the next one that is outside, or to the last frame. Points in
 * between lie on straight lines if two keyframes have equally many of them, also if the second is outside; else they stay
 * as they were.
 *
 * @param lastFrameOf number of the last frame to be filled: a track ends with its job
 */
export function framesOfTracks(tracks: readonly Track[], lastFrameOf: (track: Track) => number): ExportedShape[] {
  return tracks.flatMap((track, number) => {
    const lastFrame = lastFrameOf(track);
    const keys = track.shapes
      .flatMap((shape) => keyframe.safeParse(shape).data ?? [])
      .toSorted((a, b) => a.frame - b.frame);
    return keys.flatMap((key, index) => {
      if (key.outside) return [];
      const next = keys[index + 1];
      const end = next === undefined ? lastFrame : Math.min(lastFrame, next.frame - 1);
      const frames = Array.from({ length: Math.max(0, end - key.frame + 1) }, (_, offset) => key.frame + offset);
      return frames.map((frame) =>
        shapeAt(track, { number, isKeyframe: frame === key.frame }, between(key, next, frame)),
      );
    });
  });
}

function shapeAt(track: Track, of: NonNullable<ExportedShape['track']>, at: Keyframe): ExportedShape {
  const { type, frame, occluded, z_order, rotation, points } = at;
  const { id, label_id, group, source, attributes } = track;
  const own = { type, frame, occluded, outside: false, z_order, rotation, points, elements: [] };
  return { id, label_id, group, source, attributes, score: 1, ...own, track: of };
}

function between(key: Keyframe, next: Keyframe | undefined, frame: number): Keyframe {
  if (next === undefined || next.points.length !== key.points.length || key.type === 'mask') {
    return { ...key, frame };
  }
  const part = (frame - key.frame) / (next.frame - key.frame);
  const points = key.points.map((value, index) => value + ((next.points[index] ?? value) - value) * part);
  return { ...key, frame, points };
}
