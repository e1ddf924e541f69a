import { listIterations } from '../../../../src/api/endpoints/iterations.ts';
import { HeldList } from '../../holds/held-list.tsx';
import { useHolds } from '../../holds/use-holds.ts';
import { useAnswer } from '../../requests/use-answer.ts';
import { Section } from '../../parts/section.tsx';
import { useMay, usePrincipal } from '../../session/principal.tsx';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { HoldButton } from './hold-button.tsx';
import { knownConnections } from './known-connections.ts';

/** Of so many that run it is read which connections they have. */
const MOST_READ = 200;

/** Servers that are held for maintenance, and the button that holds one. `lookedAt` are connections whose servers were looked at. */
export function Maintenance({ lookedAt }: { readonly lookedAt: readonly string[] }) {
  const holds = useHolds();
  const mayHold = useMay('operator');
  const running = useAnswer(listIterations, { query: { state: 'running', limit: MOST_READ } }, { enabled: mayHold });
  const { connections } = usePrincipal();
  const rows = [...(holds.data?.holds ?? []), ...(running.data?.iterations ?? [])];
  const known = knownConnections({ own: connections, lookedAt, rows });
  return (
    <Section title="Maintenance" actions={mayHold ? <HoldButton connections={known} /> : undefined}>
      <Answered query={holds} what="which servers are held">
        {({ holds: held }) =>
          held.length === 0 ? (
            <EmptyState title="No server is held.">
              {mayHold ? 'Hold one before it is taken down: what needs it waits, and nobody is alarmed.' : null}
            </EmptyState>
          ) : (
            <HeldList holds={held} />
          )
        }
      </Answered>
    </Section>
  );
}
