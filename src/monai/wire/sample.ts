import { z } from 'zod';

/** Answer of `POST /activelearning/{strategy}`: facts about one image, or nothing at all. */
export const sampleSchema = z
  .object({ id: z.string().min(1).nullable().default(null) })
  .transform(({ id }): { readonly id: string | null } => ({ id }));
