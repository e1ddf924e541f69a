import { Link } from 'react-router';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { iterationAddress, loopAddress } from '../../shell/addresses.ts';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';
import type { ListedIteration } from '../iterations/listed-iteration.ts';
import { AskedByIteration, AskedByLoop } from './asked.tsx';
import type { ListedLoop } from './loops-section.tsx';

/** Of so many it is read what is asked; the others are a line each. */
const MOST_READ = 20;

interface AttentionSectionProps {
  readonly iterations: readonly ListedIteration[];
  readonly loops: readonly ListedLoop[];
}

/** What waits for a decision: what has happened, what to do, and where. */
export function AttentionSection({ iterations, loops }: AttentionSectionProps) {
  const count = iterations.length + loops.length;
  return (
    <Section title="Needs a decision" count={count}>
      {count === 0 ? (
        <EmptyState title="Nothing waits for a decision." />
      ) : (
        <ul className="entries">
          {loops.map((loop) => (
            <li key={loop.id} className="entry">
              <Head to={loopAddress(loop)} name={`Loop ${loop.project} / ${loop.name}`} since={loop.since} />
              <AskedByLoop loop={loop} />
            </li>
          ))}
          {iterations.map((row, index) => (
            <li key={row.id} className="entry">
              <Head to={iterationAddress(row.id)} name={`${row.project} / ${row.task}`} since={row.since} />
              {index < MOST_READ ? <AskedByIteration id={row.id} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function Head({ to, name, since }: { readonly to: string; readonly name: string; readonly since: string | null }) {
  return (
    <div className="entry-head">
      <StatusBadge tone="attention">Needs a decision</StatusBadge>
      <Link to={to}>{name}</Link>
      {since === null ? null : (
        <span className="entry-since">
          for <Moment at={since} as="span" />
        </span>
      )}
    </div>
  );
}
