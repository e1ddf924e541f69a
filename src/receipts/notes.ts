import type { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { noteName } from '../contracts/ids.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { jsonOf } from '../storage/json-of.ts';
import { LONGEST_NOTE, noteSchema } from './note-schema.ts';

/** Two people may write at the same time; each finds the next free number. */
const TRIES = 20;

/** What somebody has written down about an iteration; never changed. */
export type Note = z.output<typeof noteSchema>;

type NoteStore = Pick<ArtifactStore, 'createNamed' | 'getNamed' | 'listNamed'>;

/**
 * Writes a note down, after those that are there.
 *
 * @throws MaskloopError `RequestInvalid` for an empty or too long text; `StoreUnreachable`
 */
export async function addNote(store: NoteStore, note: Pick<Note, 'id' | 'by' | 'at' | 'text'>): Promise<Note> {
  const text = note.text.trim();
  if (text === '' || text.length > LONGEST_NOTE) {
    throw new MaskloopError('RequestInvalid', `A note has 1 to ${LONGEST_NOTE} characters; this has ${text.length}.`, {
      facts: { characters: text.length, most: LONGEST_NOTE },
    });
  }
  const written = (await store.listNamed(noteName(note.id, null))).length;
  for (let number = written + 1; number <= written + TRIES; number += 1) {
    const document: Note = { schema: 'maskloop.note/1', ...note, number, text };
    const content = Buffer.from(`${JSON.stringify(document, null, 2)}\n`);
    if (await store.createNamed(noteName(note.id, number), content)) return document;
  }
  throw new MaskloopError('StoreUnreachable', `No place was found for a note on ${note.id}, ${TRIES} times.`, {
    facts: { id: note.id },
  });
}

/** The notes on an iteration, oldest first. @throws MaskloopError `StoreUnreachable` */
export async function readNotes(
  store: Pick<NoteStore, 'getNamed' | 'listNamed'>,
  id: string,
): Promise<readonly Note[]> {
  const found = await Promise.all(
    (await store.listNamed(noteName(id, null))).map(async (name) => {
      const bytes = await store.getNamed(name);
      return bytes === null ? null : (noteSchema.safeParse(jsonOf(bytes)).data ?? null);
    }),
  );
  // What begins with the same name may be of another iteration.
  return found.filter((note) => note?.id === id).filter((note) => note !== null);
}
