import { z } from 'zod';

/** Answer of `GET /datastore/?output=stats`, as far as it is used. */
export const datastoreStatsSchema = z.object({ total: z.int().min(0), completed: z.int().min(0) });

/** Answer of a `PUT` of an image or label: the server says under which id it keeps it. */
export function storedUnderSchema(imageId: string) {
  return z.object({ image: z.literal(imageId) });
}

/** Answer of `GET /datastore/?output=train`: absolute paths on the server. */
export const trainingListSchema = z.array(z.object({ image: z.string().min(1), label: z.string().min(1) }));
