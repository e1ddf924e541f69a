import { z } from 'zod';
import type { NativeAnnotations } from '../native-annotations.ts';
import type { Annotations, Shape } from '../cvat.ts';
import { SHAPE_TYPES } from './shape-types.ts';

const shapeWire = z
  .object({
    id: z.int(),
    type: z.enum(SHAPE_TYPES),
    label_id: z.int(),
    frame: z.int().nonnegative(),
    points: z.array(z.number()),
    z_order: z.int(),
    rotation: z.number(),
    group: z.int().nullable(),
    source: z.string(),
  })
  .transform((wire): Shape => ({
    id: wire.id,
    type: wire.type,
    labelId: wire.label_id,
    frame: wire.frame,
    points: wire.points,
    zOrder: wire.z_order,
    rotation: wire.rotation,
    group: wire.group ?? 0,
    source: wire.source,
  }));

/** `GET /api/{tasks|jobs}/{id}/annotations`. */
export const annotationsWire = z
  .object({ shapes: z.array(shapeWire), tracks: z.array(z.unknown()), tags: z.array(z.unknown()) })
  .transform(({ shapes, tracks, tags }): Annotations => ({ shapes, tracks: tracks.length, tags: tags.length }));

const native = z.array(z.record(z.string(), z.unknown()));

/** The same with every field kept. */
export const nativeAnnotationsWire: z.ZodType<NativeAnnotations> = z.object({
  shapes: native,
  tracks: native,
  tags: native,
});
