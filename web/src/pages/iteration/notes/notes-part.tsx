import { listNotes } from '../../../../../src/api/endpoints/notes.ts';
import { Section } from '../../../parts/section.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { useMay } from '../../../session/principal.tsx';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { Moment } from '../../../time/moment.tsx';
import { WriteNote } from './write-note.tsx';

/** No event tells of notes, which are also written once an iteration has ended; in milliseconds. */
const LOOK_EVERY_MS = 15_000;

/** What people have written down about the iteration, the oldest first, and a place to write. */
export function NotesPart({ id }: { readonly id: string }) {
  const notes = useAnswer(listNotes, { params: { id } }, { everyMs: LOOK_EVERY_MS });
  const mayWrite = useMay('lead');
  return (
    <Section title="Notes">
      <Answered query={notes} what="the notes">
        {({ notes: written }) =>
          written.length === 0 ? (
            <EmptyState title="Nobody has written anything down.">
              {mayWrite ? 'What others should know of this iteration belongs here.' : null}
            </EmptyState>
          ) : (
            <ol className="notes">
              {written.map(({ number, by, at, text }) => (
                <li key={number}>
                  <p className="note-head">
                    <strong>{by}</strong> <Moment at={at} />
                  </p>
                  <p className="note-text">{text}</p>
                </li>
              ))}
            </ol>
          )
        }
      </Answered>
      {mayWrite ? <WriteNote id={id} /> : null}
    </Section>
  );
}
