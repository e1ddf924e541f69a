import { z } from 'zod';
import { LONGEST_NOTE, noteSchema } from '../../receipts/note-schema.ts';
import { connectionOfId, define, idParams, noBody, nothing } from '../define.ts';

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
  answer: z.object({ notes: z.array(noteSchema).readonly() }),
});

export const addNote = define({
  ...ofOne,
  id: 'addNote',
  method: 'POST',
  summary: 'Writes something down about an iteration, for good; the receipt page shows what was written before the end',
  role: 'lead',
  changes: true,
  body: z.strictObject({ text: z.string().trim().min(1).max(LONGEST_NOTE) }),
  answer: noteSchema,
});
