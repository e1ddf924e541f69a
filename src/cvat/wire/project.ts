import { z } from 'zod';

export const projectWire = z.object({ id: z.int(), name: z.string() });
export const labelWire = z.object({ id: z.int(), name: z.string() });
/** `GET /api/projects/{id}`. */
export const projectTasksWire = z.object({ tasks: z.object({ count: z.int().nonnegative() }) });
