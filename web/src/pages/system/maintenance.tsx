import { HeldList } from '../../holds/held-list.tsx';
import { useHolds } from '../../holds/use-holds.ts';
import { Section } from '../../parts/section.tsx';
import { useMay, usePrincipal } from '../../session/principal.tsx';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { connectionsIn } from './hold-end.ts';
import { HoldButton } from './hold-button.tsx';

/** Servers that are held for maintenance, and the button that holds one. `titles` are those of what was looked at. */
export function Maintenance({ titles }: { readonly titles: readonly string[] }) {
  const holds = useHolds();
  const mayHold = useMay('operator');
  const { connections } = usePrincipal();
  const known = connections ?? connectionsIn(titles);
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
