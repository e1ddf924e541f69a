import { z } from 'zod';

/** Characters of a note, at most. */
export const LONGEST_NOTE = 2000;

/** A note as the store keeps it and the API answers it. */
export const noteSchema = z.object({
  schema: z.literal('maskloop.note/1'),
  id: z.string(),
  number: z.int(),
  by: z.string(),
  at: z.string(),
  text: z.string(),
});
