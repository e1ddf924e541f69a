import { z } from 'zod';
import { HELD_SERVERS, type Hold } from '../contracts/hold.ts';

/** A hold as the store keeps it and the API answers it. */
export const holdSchema: z.ZodType<Hold> = z.object({
  schema: z.literal('maskloop.hold/1'),
  connection: z.string(),
  server: z.enum(HELD_SERVERS),
  until: z.string(),
  note: z.string(),
  by: z.string(),
  at: z.string(),
});
