import { useState } from 'react';
import { listIterations } from '../../../../../src/api/endpoints/iterations.ts';
import { steerMany } from '../../../../../src/api/endpoints/steering.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { Section } from '../../../parts/section.tsx';
import { useAnswer } from '../../../requests/use-answer.ts';
import { useChange } from '../../../requests/use-change.ts';
import { Answered } from '../../../states/answered.tsx';
import { EmptyState } from '../../../states/empty-state.tsx';
import { bulkFilter } from '../list-query.ts';
import { BulkNote, type BulkDone } from './bulk-note.tsx';
import { BULK_ACTIONS, bulkDoes, bulkLabel, type BulkAction } from './bulk-words.ts';

/** As many as are counted; the server lists no more at a time. */
const MOST_COUNTED = 1000;

/** Does the same to all iterations that run and that the list is narrowed to, and says what came of each. For operators. */
export function BulkSection({ search }: { readonly search: URLSearchParams }) {
  const filter = bulkFilter(search);
  const running = useAnswer(listIterations, { query: { ...filter, state: 'running', limit: MOST_COUNTED } });
  const change = useChange(steerMany);
  const [done, setDone] = useState<BulkDone | null>(null);
  const steer = async (what: BulkAction): Promise<void> => {
    const { results } = await change.mutateAsync({ body: { what, filter } });
    setDone({ what, results });
  };
  return (
    <Section title="All of these that run">
      <div className="section-body">
        <Answered query={running} what="how many run">
          {({ iterations, next, truncated }) => {
            const count = { count: iterations.length, isLeast: next !== null || truncated };
            return iterations.length === 0 ? (
              <EmptyState title="None of these runs." />
            ) : (
              <div className="page-actions">
                {BULK_ACTIONS.map((what) => (
                  <ConfirmButton
                    key={what}
                    label={bulkLabel(what, count)}
                    does={bulkDoes(what, count, Object.keys(filter).length > 0)}
                    onConfirm={async () => steer(what)}
                  />
                ))}
              </div>
            );
          }}
        </Answered>
        <BulkNote done={done} />
      </div>
    </Section>
  );
}
