import { usePrincipal } from '../../../session/principal.tsx';
import type { IterationView } from '../view-facts.ts';
import { ActionButton } from './action-button.tsx';
import { offeredActions } from './offered-actions.ts';

interface ActionsProps {
  readonly view: IterationView;
  /** Answers to what is waited for, or what can be done at any time. */
  readonly which: 'answers' | 'others';
}

/** The buttons that the state of the iteration and the role of whoever looks allow; nothing without any. */
export function Actions({ view, which }: ActionsProps) {
  const { role } = usePrincipal();
  const names = offeredActions(view, role)[which];
  if (names.length === 0) return null;
  return (
    <div className="page-actions">
      {names.map((name, at) => (
        <ActionButton key={name} view={view} name={name} isPrimary={which === 'answers' && at === 0} />
      ))}
    </div>
  );
}
