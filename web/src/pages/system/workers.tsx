import type { z } from 'zod';
import type { readWorkers } from '../../../../src/api/endpoints/system.ts';
import { KeyValues } from '../../parts/key-values.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';

type Pollers = z.output<NonNullable<(typeof readWorkers)['answer']>>;

/** Who asks Temporal for work. */
export function Workers({ pollers: { workflow, activity, lastSeen } }: { readonly pollers: Pollers }) {
  const names = [...new Set([...workflow, ...activity])];
  if (names.length === 0) {
    return (
      <EmptyState title="No worker asks for work, so nothing goes on.">
        Start one: <code>maskloop worker</code>, or all at once: <code>maskloop up</code>.
      </EmptyState>
    );
  }
  return (
    <KeyValues
      rows={[
        ['Workers', names.join(', ')],
        ['Last seen', lastSeen === null ? null : <Moment at={lastSeen} />],
      ]}
    />
  );
}
