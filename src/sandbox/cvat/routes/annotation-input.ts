import { z } from 'zod';
import { refuseFields, refuseList } from '../answers/refusal.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Task } from '../state/entities.ts';
import { taskLabels } from '../state/labels.ts';
import type { NewAnnotations, StoredAnnotations } from '../state/shapes.ts';
import { complaintsOf, KINDS, type Kind } from './annotation-rules.ts';
import { fieldsOf, type Fields } from './body.ts';

const attribute = z.object({ spec_id: z.number(), value: z.string() });
const labelled = z.object({
  frame: z.number(),
  label_id: z.number(),
  group: z
    .number()
    .nullish()
    .transform((group) => group ?? 0),
  source: z.string().default('manual'),
  attributes: z.array(attribute).default([]),
});
const schemas = {
  tags: labelled,
  shapes: labelled.extend({
    type: z.string(),
    score: z.number().default(1),
    occluded: z.boolean().default(false),
    outside: z.boolean().default(false),
    z_order: z.number().default(0),
    rotation: z.number().default(0),
    points: z.array(z.number()).default([]),
    elements: z.array(z.unknown()).default([]),
  }),
  tracks: labelled.extend({
    shapes: z.array(z.record(z.string(), z.unknown())).default([]),
    elements: z.array(z.unknown()).default([]),
  }),
};

/**
 * The new annotations of a body; missing lists are empty ones.
 *
 * @throws Refusal 400 if one has an id, an unknown label or impossible points
 */
export function newAnnotations(state: CvatState, task: Task, body: Fields): NewAnnotations {
  check(state, task, body, 'absent');
  return {
    shapes: items(body, 'shapes').map((item) => read(schemas.shapes, 'shapes', item)),
    tags: items(body, 'tags').map((item) => read(schemas.tags, 'tags', item)),
    tracks: items(body, 'tracks').map((item) => read(schemas.tracks, 'tracks', item)),
  };
}

/**
 * Annotations that are there already, with the content they shall have from now on.
 *
 * @throws Refusal 400 as for new ones, and for one without an id
 */
export function storedAnnotations(state: CvatState, task: Task, body: Fields): StoredAnnotations {
  check(state, task, body, 'present');
  const id = { id: z.number() };
  return {
    shapes: items(body, 'shapes').map((item) => read(schemas.shapes.extend(id), 'shapes', item)),
    tags: items(body, 'tags').map((item) => read(schemas.tags.extend(id), 'tags', item)),
    tracks: items(body, 'tracks').map((item) => read(schemas.tracks.extend(id), 'tracks', item)),
  };
}

/** The ids that a body names. */
export function annotationIds(body: Fields): Record<Kind, Set<number>> {
  const ids = (kind: Kind): Set<number> => new Set(items(body, kind).map((item) => Number(item['id'])));
  return { shapes: ids('shapes'), tags: ids('tags'), tracks: ids('tracks') };
}

function check(state: CvatState, task: Task, body: Fields, ids: 'absent' | 'present'): void {
  const complaints = KINDS.map(
    (kind) => [kind, items(body, kind).map((item) => complaintsOf(kind, item, ids, state.version))] as const,
  ).filter(([, list]) => list.some((complaint) => Object.keys(complaint).length > 0));
  if (complaints.length > 0) throw refuseFields(Object.fromEntries(complaints));
  const known = new Set<unknown>(taskLabels(state, task).map((label) => label.id));
  const unknown = KINDS.flatMap((kind) => items(body, kind)).find((item) => !known.has(item['label_id']));
  if (unknown !== undefined) throw refuseList(`label_id \`${JSON.stringify(unknown['label_id'])}\` is invalid`);
}

function items(body: Fields, kind: Kind): readonly Fields[] {
  const list: unknown = body[kind];
  return Array.isArray(list) ? list.map(fieldsOf) : [];
}

function read<T>(schema: z.ZodType<T>, kind: Kind, item: Fields): T {
  const parsed = schema.safeParse(item);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw refuseFields({ [kind]: [{ [String(issue?.path[0])]: [issue?.message] }] });
}
