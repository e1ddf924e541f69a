import { z } from 'zod';
import type { Label } from '../cvat/cvat.ts';
import type { JobContent, NativeShape, Tag, Track } from '../cvat/native.ts';
import { SHAPE_TYPES } from '../cvat/wire/shape-types.ts';

/** The lines of a seal, in this order: one head, all labels, all frames, then each job followed by what it holds. */

const headSchema = z.object({ schema: z.literal('maskloop.seal/1'), task: z.int(), frames: z.int() });
const labelSchema = z.object({ id: z.int(), name: z.string(), parentId: z.int().exactOptional() });
const frameSchema = z.object({
  frame: z.int(),
  name: z.string(),
  width: z.int(),
  height: z.int(),
  /** `labelled` also without a shape: people looked at it and left it empty. */
  state: z.enum(['labelled', 'deleted', 'unfinished']),
});
const jobSchema = z.object({
  id: z.int(),
  startFrame: z.int(),
  stopFrame: z.int(),
  stage: z.string(),
  state: z.string(),
  assignee: z.string().nullable(),
  complete: z.boolean(),
  updatedAt: z.string(),
});

const attributes = z.array(z.object({ specId: z.int(), value: z.string() }));
const elements = z.array(z.record(z.string(), z.unknown()));
const owned = { id: z.int(), labelId: z.int(), frame: z.int(), group: z.int(), source: z.string(), attributes };
const drawn = {
  type: z.enum(SHAPE_TYPES),
  points: z.array(z.number()),
  zOrder: z.int(),
  rotation: z.number(),
  occluded: z.boolean(),
  outside: z.boolean(),
};
const shapeSchema: z.ZodType<NativeShape> = z.object({ ...owned, ...drawn, elements });
const tagSchema: z.ZodType<Tag> = z.object(owned);
const trackSchema: z.ZodType<Track> = z.object({
  ...owned,
  keyframes: z.array(z.object({ ...drawn, frame: z.int(), attributes })),
  elements,
});

/** One line of a seal. */
export const sealLine = z.union([
  z.object({ seal: headSchema }),
  z.object({ label: labelSchema }),
  z.object({ frame: frameSchema }),
  z.object({ job: jobSchema }),
  z.object({ shape: shapeSchema }),
  z.object({ track: trackSchema }),
  z.object({ tag: tagSchema }),
]);
export type SealLine = z.infer<typeof sealLine>;

export type SealHead = z.infer<typeof headSchema>;
export type SealedFrame = z.infer<typeof frameSchema>;
export type SealedJob = z.infer<typeof jobSchema>;

/** The labels of a project by id, as lines. */
export function labelLines(labels: readonly Label[]): SealLine[] {
  return labels
    .toSorted((a, b) => a.id - b.id)
    .map(({ id, name, parentId }) => ({ label: { id, name, ...(parentId === undefined ? {} : { parentId }) } }));
}

/** What a job holds, as lines: shapes, tracks and tags, each by frame, then id, whatever order CVAT gave them in. */
export function contentLines({ shapes, tracks, tags }: JobContent): SealLine[] {
  return [
    ...inOrder(shapes).map((shape) => ({ shape })),
    ...inOrder(tracks).map((track) => ({ track })),
    ...inOrder(tags).map((tag) => ({ tag })),
  ];
}

function inOrder<T extends { readonly frame: number; readonly id: number }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => a.frame - b.frame || a.id - b.id);
}
