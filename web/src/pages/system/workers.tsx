import type { z } from 'zod';
import type { readWorkers } from '../../../../src/api/endpoints/system.ts';
import { KeyValues } from '../../parts/key-values.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { formatDuration } from '../../../../src/notation/duration-words.ts';
import { Moment } from '../../time/moment.tsx';

type Pollers = z.output<NonNullable<(typeof readWorkers)['answer']>>;

/** Who asks Temporal for work, and how much waits for them. */
export function Workers({ pollers: { workflow, activity, lastSeen, backlog } }: { readonly pollers: Pollers }) {
  const names = [...new Set([...workflow, ...activity])];
  return (
    <>
      {names.length > 0 ? null : (
        <EmptyState title="No worker asks for work, so nothing goes on.">
          Whoever runs them starts one on the command line: <code>maskloop worker</code>, or all at once:{' '}
          <code>maskloop up</code>.
        </EmptyState>
      )}
      <KeyValues
        rows={[
          ['Workers', names.length === 0 ? 'none' : names.join(', ')],
          ['Last seen', lastSeen === null ? null : <Moment at={lastSeen} />],
          ['Queue', backlog === null ? null : backlogWords(backlog)],
        ]}
      />
    </>
  );
}

function backlogWords({ tasks, oldestMs }: NonNullable<Pollers['backlog']>): string {
  if (tasks === 0) return 'nothing waits for a worker';
  const many = tasks === 1 ? '1 task waits' : `about ${tasks} tasks wait`;
  return `${many} for a worker, the oldest for ${formatDuration(oldestMs)}`;
}
