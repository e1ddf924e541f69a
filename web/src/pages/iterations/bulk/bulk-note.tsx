import type { z } from 'zod';
import type { steerMany } from '../../../../../src/api/endpoints/steering.ts';
import { IterationLink } from '../../../parts/iteration-link.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import { doneWords, type BulkAction } from './bulk-words.ts';

/** What came of doing something to many. */
export interface BulkDone {
  readonly what: BulkAction;
  readonly results: z.output<NonNullable<(typeof steerMany)['answer']>>['results'];
}

/** Says of how many it was done, and of each other one why not. Screen readers say it at once. */
export function BulkNote({ done }: { readonly done: BulkDone | null }) {
  if (done === null) return <output className="bulk-note" />;
  const refused = done.results.filter((result) => !result.done);
  const asked = done.results.length - refused.length;
  return (
    <output className="bulk-note">
      {done.results.length === 0 ? 'None ran any more that the list is narrowed to: nothing was done.' : null}
      {asked === 0 ? null : <StatusBadge tone="good">{doneWords(done.what, asked)}</StatusBadge>}
      {refused.length === 0 ? null : (
        <ul>
          {refused.map(({ id, message }) => (
            <li key={id}>
              <StatusBadge tone="quiet">Left as it is</StatusBadge> <IterationLink id={id} />: {message ?? 'not done'}
            </li>
          ))}
        </ul>
      )}
    </output>
  );
}
