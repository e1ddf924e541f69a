import { Link } from 'react-router';
import { describeIteration } from '../../../../src/api/endpoints/iterations.ts';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { iterationAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';
import { choiceWord } from '../../words/choices.ts';
import type { ListedIteration } from '../iterations/listed-iteration.ts';

/** Of so many it is read what is asked; the others are a line each. */
const MOST_READ = 20;

/** Iterations that wait for a decision: what has happened, what to do, and where. */
export function AttentionSection({ rows }: { readonly rows: readonly ListedIteration[] }) {
  return (
    <Section title="Needs a decision" count={rows.length}>
      {rows.length === 0 ? (
        <EmptyState title="Nothing waits for a decision." />
      ) : (
        <ul className="entries">
          {rows.map((row, index) => (
            <li key={row.id} className="entry">
              <div className="entry-head">
                <StatusBadge tone="attention">Needs a decision</StatusBadge>
                <Link to={iterationAddress(row.id)}>
                  {row.project} / {row.task}
                </Link>
                <span className="entry-since">
                  for <Moment at={row.since} as="span" />
                </span>
              </div>
              {index < MOST_READ ? <Asked id={row.id} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

/** What is asked, in the words of the failure, and what can be answered. */
function Asked({ id }: { readonly id: string }) {
  const view = useAnswer(describeIteration, { params: { id } });
  return (
    <Answered query={view} what="what is asked">
      {({ status }) => {
        const trouble = status?.trouble ?? null;
        if (trouble === null)
          return <p className="entry-text">No worker answers, so it cannot be said what is asked.</p>;
        return (
          <>
            <p className="entry-text">{trouble.message}</p>
            <p className="entry-action">{trouble.action}</p>
            <p className="entry-action">
              <Link to={iterationAddress(id)}>Decide</Link>: {(status?.choices ?? []).map(choiceWord).join(', ')}
            </p>
          </>
        );
      }}
    </Answered>
  );
}
