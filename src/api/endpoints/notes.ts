import { z } from 'zod';
import { connectionOfId, define, idParams, noBody, nothing } from '../define.ts';

/** Characters of a note, at most; as `receipts/notes` has it. */
const LONGEST_NOTE = 2000;

const note = z.object({
  schema: z.literal('maskloop.note/1'),
  id: z.string(),
  number: z.int(),
  by: z.string(),
  at: z.string(),
  text: z.string(),
});

const ofOne = {
  tag: 'iterations',
  reach: 'one',
  connectionOf: connectionOfId,
  params: idParams,
  path: '/iterations/{id}/notes',
  query: nothing,
} as const;

export const listNotes = define({
  ...ofOne,
  id: 'listNotes',
  method: 'GET',
  summary: 'What people have written down about an iteration, oldest first',
  role: 'viewer',
  changes: false,
  body: noBody,
  answer: z.object({ notes: z.array(note).readonly() }),
});

export const addNote = define({
  ...ofOne,
  id: 'addNote',
  method: 'POST',
  summary: 'Writes something down about an iteration, for good; the receipt page shows what was written before the end',
  role: 'lead',
  changes: true,
  body: z.strictObject({ text: z.string().trim().min(1).max(LONGEST_NOTE) }),
  answer: note,
});
