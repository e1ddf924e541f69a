import { z } from 'zod';

export const projectWire = z.object({ id: z.int(), name: z.string() });
export const labelWire = z
  .object({ id: z.int(), name: z.string(), parent_id: z.int().nullish() })
  .transform(({ id, name, parent_id }) => (parent_id == null ? { id, name } : { id, name, parentId: parent_id }));

/** `GET /api/projects/{id}`. */
export const projectTasksWire = z.object({ tasks: z.object({ count: z.int().nonnegative() }) });
