import { Link } from 'react-router';
import { describeIteration } from '../../../../src/api/endpoints/iterations.ts';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { iterationAddress } from '../../shell/addresses.ts';
import { Answered } from '../../states/answered.tsx';
import { Moment } from '../../time/moment.tsx';
import type { ListedIteration } from '../iterations/listed-iteration.ts';

/** Servers that do not answer, by connection, and which iterations wait for them. They go on by themselves. */
export function AwaySection({ rows }: { readonly rows: readonly ListedIteration[] }) {
  const connections = Map.groupBy(rows, ({ connection }) => connection);
  return (
    <Section title="Servers that are away" count={connections.size}>
      <ul className="entries">
        {[...connections].map(([connection, waiting]) => (
          <Away key={connection} connection={connection} waiting={waiting} />
        ))}
      </ul>
    </Section>
  );
}

interface AwayProps {
  readonly connection: string;
  /** At least one. */
  readonly waiting: readonly ListedIteration[];
}

function Away({ connection, waiting }: AwayProps) {
  const [first] = waiting;
  return (
    <li className="entry">
      <div className="entry-head">
        <StatusBadge tone="away">Server away</StatusBadge>
        <span>connection {connection}</span>
        {first === undefined ? null : (
          <span className="entry-since">
            for <Moment at={first.since} as="span" />
          </span>
        )}
      </div>
      {first === undefined ? null : <Reason id={first.id} />}
      <p className="entry-action">
        {waiting.length === 1
          ? 'This iteration waits, and goes on'
          : `These ${waiting.length} iterations wait, and go on`}{' '}
        by itself once it is back:{' '}
        {waiting.map(({ id, project, task }, index) => (
          <span key={id}>
            {index === 0 ? '' : ', '}
            <Link to={iterationAddress(id)}>
              {project} / {task}
            </Link>
          </span>
        ))}
      </p>
    </li>
  );
}

/** Why the first of them waits: it is the same for all. */
function Reason({ id }: { readonly id: string }) {
  const view = useAnswer(describeIteration, { params: { id } });
  return (
    <Answered query={view} what="why">
      {({ status, activities }) => {
        const failure = activities.find(({ lastFailure }) => lastFailure !== null)?.lastFailure;
        const text = status?.trouble?.message ?? failure?.message ?? null;
        return text === null ? null : <p className="entry-text">{text}</p>;
      }}
    </Answered>
  );
}
