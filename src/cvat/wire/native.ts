import { z } from 'zod';
import type { Attribute, Keyframe, JobContent, NativeShape, Tag, Track } from '../native.ts';
import { SHAPE_TYPES } from './shape-types.ts';

const attributesWire = z
  .array(z.object({ spec_id: z.int(), value: z.string() }))
  .transform((all): Attribute[] => all.map(({ spec_id, value }) => ({ specId: spec_id, value })));
const elementsWire = z.array(z.record(z.string(), z.unknown())).default([]);

const ownedWire = z.object({
  id: z.int(),
  label_id: z.int(),
  frame: z.int().nonnegative(),
  group: z.int().nullable(),
  source: z.string(),
  attributes: attributesWire,
});
const drawnWire = z.object({
  type: z.enum(SHAPE_TYPES),
  points: z.array(z.number()).default([]),
  z_order: z.int(),
  rotation: z.number(),
  occluded: z.boolean(),
  outside: z.boolean(),
});

type Owned = z.infer<typeof ownedWire>;
type Drawn = z.infer<typeof drawnWire>;

const owned = ({ id, label_id, frame, group, source, attributes }: Owned): Tag => ({
  id,
  labelId: label_id,
  frame,
  group: group ?? 0,
  source,
  attributes,
});
const drawn = ({ type, points, z_order, rotation, occluded, outside }: Drawn) => ({
  type,
  points,
  zOrder: z_order,
  rotation,
  occluded,
  outside,
});

const shapeWire = ownedWire
  .extend({ ...drawnWire.shape, elements: elementsWire })
  .transform((wire): NativeShape => ({ ...owned(wire), ...drawn(wire), elements: wire.elements }));

const keyframeWire = drawnWire
  .extend({ frame: z.int().nonnegative(), attributes: attributesWire })
  .transform((wire): Keyframe => ({ ...drawn(wire), frame: wire.frame, attributes: wire.attributes }));

const trackWire = ownedWire
  .extend({ shapes: z.array(keyframeWire), elements: elementsWire })
  .transform((wire): Track => ({ ...owned(wire), keyframes: wire.shapes, elements: wire.elements }));

/** `GET /api/jobs/{id}/annotations`, with all that a person can set. */
export const nativeWire = z
  .object({ shapes: z.array(shapeWire), tracks: z.array(trackWire), tags: z.array(ownedWire.transform(owned)) })
  .transform((wire): JobContent => wire);
