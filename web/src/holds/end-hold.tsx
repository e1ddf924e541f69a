import { unholdServer } from '../../../src/api/endpoints/holds.ts';
import { HELD_NAMES, type Hold } from '../../../src/contracts/hold.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { useChange } from '../requests/use-change.ts';

/** Ends a hold before its time. */
export function EndHold({ hold: { connection, server } }: { readonly hold: Hold }) {
  const end = useChange(unholdServer);
  const name = HELD_NAMES[server];
  return (
    <div className="page-actions">
      <ConfirmButton
        label={`End the hold of ${name}`}
        longLabel={`End the hold of ${name} of connection ${connection}`}
        does={`${name} of connection ${connection} is asked again from now on, and what waits for it goes on.`}
        onConfirm={async () => end.mutateAsync({ body: { connection, server } })}
      />
    </div>
  );
}
