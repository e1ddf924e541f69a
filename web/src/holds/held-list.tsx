import { HELD_NAMES, type Hold } from '../../../src/contracts/hold.ts';
import { StatusBadge } from '../parts/status-badge.tsx';
import { useMay } from '../session/principal.tsx';
import { Moment } from '../time/moment.tsx';
import { EndHold } from './end-hold.tsx';

/** Held servers: until when, why, and by whom; operators can end a hold. */
export function HeldList({ holds }: { readonly holds: readonly Hold[] }) {
  const mayEnd = useMay('operator');
  return (
    <ul className="entries">
      {holds.map((hold) => (
        <li key={`${hold.connection} ${hold.server}`} className="entry">
          <div className="entry-head">
            <StatusBadge tone="away">Held</StatusBadge>
            <span>
              {HELD_NAMES[hold.server]} of connection {hold.connection}
            </span>
            <span className="entry-since">
              until <Moment at={hold.until} as="both" />
            </span>
          </div>
          {hold.note === '' ? null : <p className="entry-text">{hold.note}</p>}
          <p className="entry-action">
            Held by {hold.by}. Nothing asks it meanwhile; what waits for it goes on by itself.
          </p>
          {mayEnd ? <EndHold hold={hold} /> : null}
        </li>
      ))}
    </ul>
  );
}
