import { decline, steering } from '../../../../../src/api/endpoints/steering.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useChange } from '../../../requests/use-change.ts';
import type { IterationView } from '../view-facts.ts';
import { actionWords } from './action-words.ts';
import { ApproveButton } from './approve-button.tsx';
import { ExtendButton } from './extend-button.tsx';
import type { ActionName } from './offered-actions.ts';
import { ReassignButton } from './reassign-button.tsx';

interface ActionButtonProps {
  readonly view: IterationView;
  readonly name: ActionName;
  readonly isPrimary?: boolean;
}

/** The endpoints of what needs no more than the id. */
const PLAIN = {
  retry: steering('retry'),
  skip: steering('skip'),
  seal: steering('seal'),
  wake: steering('wake'),
  pause: steering('pause'),
  resume: steering('resume'),
  cancel: steering('cancel'),
  decline,
} as const;

/** A button that says what it will do to the iteration, and does it when that is confirmed. */
export function ActionButton({ view, name, isPrimary = false }: ActionButtonProps) {
  if (name === 'extend') return <ExtendButton view={view} />;
  if (name === 'reassign') return <ReassignButton view={view} />;
  if (name === 'approve') return <ApproveButton view={view} isPrimary={isPrimary} />;
  return <PlainButton view={view} name={name} isPrimary={isPrimary} />;
}

function PlainButton({ view, name, isPrimary }: { view: IterationView; name: keyof typeof PLAIN; isPrimary: boolean }) {
  const change = useChange(PLAIN[name]);
  const { label, does } = actionWords(name, view.status);
  return (
    <ConfirmButton
      label={label}
      does={does}
      isPrimary={isPrimary}
      isDangerous={name === 'cancel'}
      onConfirm={async () => change.mutateAsync({ params: { id: view.id } })}
    />
  );
}
