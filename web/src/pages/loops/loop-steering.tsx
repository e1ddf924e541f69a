import { Button } from '@mantine/core';
import { beginLoop, loopSignal, stopLoop } from '../../../../src/api/endpoints/loops.ts';
import type { LoopStatus } from '../../../../src/contracts/loop.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import { useChange } from '../../requests/use-change.ts';
import type { LoopPlace } from '../../shell/loop-place.ts';
import { NotedButton } from '../../parts/noted-button.tsx';

const PAUSE = loopSignal('pause');
const RESUME = loopSignal('resume');

interface Props {
  readonly place: LoopPlace;
  readonly status: LoopStatus | null;
  readonly onEdit: () => void;
}

/** What can be done with a loop that runs. */
export function LoopSteering({ place, status, onEdit }: Props) {
  const pause = useChange(PAUSE);
  const resume = useChange(RESUME);
  const stop = useChange(stopLoop);
  const begin = useChange(beginLoop);
  const isPaused = status?.paused === true;
  return (
    <>
      <ConfirmButton
        key={String(isPaused)}
        label={isPaused ? 'Resume' : 'Pause'}
        does={
          isPaused ? 'The loop goes on with its next iteration.' : 'No new iteration begins. The one that runs goes on.'
        }
        onConfirm={async () => (isPaused ? resume : pause).mutateAsync({ params: place })}
      />
      {status?.pace === 'schedule' ? (
        <ConfirmButton
          label="Begin an iteration"
          does="The loop is asked for its next iteration now. Where one runs already, another begins when that has ended."
          onConfirm={async () => begin.mutateAsync({ params: place, body: { overlap: 'buffer' } })}
        />
      ) : null}
      <Button variant="default" onClick={onEdit}>
        Edit
      </Button>
      <NotedButton
        label="Stop"
        does="The loop ends after the iteration that runs. Iterations, models and labels stay, and it can be started again."
        onConfirm={async (note) => stop.mutateAsync({ params: place, body: { note } })}
      />
    </>
  );
}
