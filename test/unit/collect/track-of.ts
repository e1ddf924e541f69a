import type { Keyframe, Track } from '../../../src/cvat/native.ts';
import { nativeShape } from './seal-of.ts';

/** A track of the class of {@link nativeShape}, which it looks like at each keyframe. */
export function trackOf({
  keyframes,
}: {
  readonly keyframes: readonly (Pick<Keyframe, 'frame'> & Partial<Keyframe>)[];
}): Track {
  const { id, labelId, group, source, attributes, elements, ...drawn } = nativeShape();
  const { type, points, zOrder, rotation, occluded, outside } = drawn;
  return {
    id,
    labelId,
    frame: keyframes[0]?.frame ?? 0,
    group,
    source,
    attributes,
    elements,
    keyframes: keyframes.map((more) => ({
      type,
      points,
      zOrder,
      rotation,
      occluded,
      outside,
      attributes: [],
      ...more,
    })),
  };
}
