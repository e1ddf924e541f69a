import { Link } from 'react-router';
import { Section } from '../../parts/section.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { IterationTable } from '../iterations/iteration-table.tsx';
import { WayToStart } from './way-to-start.tsx';
import type { ListedIteration } from '../iterations/listed-iteration.ts';

interface RunningSectionProps {
  readonly rows: readonly ListedIteration[];
  /** True if more run than are here. */
  readonly hasMore: boolean;
}

/** What goes on without anybody's decision: with people, on a machine, or waiting by plan. */
export function RunningSection({ rows, hasMore }: RunningSectionProps) {
  return (
    <Section
      title="Running"
      count={rows.length}
      actions={hasMore ? <Link to="/iterations?state=running">All that run</Link> : undefined}
    >
      {rows.length === 0 ? (
        <EmptyState title="Nothing runs.">
          <WayToStart /> <Link to="/iterations">All iterations</Link> has what is done.
        </EmptyState>
      ) : (
        <IterationTable label="Running iterations" rows={rows} />
      )}
    </Section>
  );
}
