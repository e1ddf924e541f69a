import * as api from '../../../api/endpoints/notes.ts';
import { addNote, readNotes } from '../../../receipts/notes.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

/** What people write down about iterations. */
export function serveNotes(serve: Serve, { operations, store }: ApiParts): void {
  serve(api.listNotes, async ({ params }) => ({ notes: await readNotes(store, params.id) }));
  serve(api.addNote, async ({ params, body, by }) => {
    const id = await operations.resolve(params.id, 'any', (one) => one === params.id);
    return addNote(store, { id, by, at: new Date().toISOString(), text: body.text });
  });
}
