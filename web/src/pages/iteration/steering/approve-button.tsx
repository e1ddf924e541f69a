import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import { approve } from '../../../../../src/api/endpoints/steering.ts';
import { ConfirmButton } from '../../../parts/confirm-button.tsx';
import { useChange } from '../../../requests/use-change.ts';
import type { IterationView } from '../view-facts.ts';
import { actionWords } from './action-words.ts';

/** Goes on in spite of what was found; after a deadline the frames of open jobs can be kept for the next iteration. */
export function ApproveButton({ view, isPrimary }: { readonly view: IterationView; readonly isPrimary: boolean }) {
  const [carry, setCarry] = useState(false);
  const change = useChange(approve);
  const { label, does } = actionWords('approve', view.status);
  return (
    <ConfirmButton
      label={label}
      does={does}
      isPrimary={isPrimary}
      onConfirm={async () => change.mutateAsync({ params: { id: view.id }, body: { carry } })}
    >
      {view.status?.trouble?.code === 'DeadlinePassed' ? (
        <Checkbox
          label="List the frames of open jobs, so that the next iteration can begin with them"
          checked={carry}
          onChange={(event) => setCarry(event.currentTarget.checked)}
        />
      ) : null}
    </ConfirmButton>
  );
}
