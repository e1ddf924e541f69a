import { useNavigate } from 'react-router';
import { steerSchedule } from '../../../../src/api/endpoints/schedules.ts';
import { ConfirmButton } from '../../parts/confirm-button.tsx';
import type { LoopPlace } from '../../shell/loop-place.ts';
import { useChange } from '../../requests/use-change.ts';
import { BackfillButton } from './backfill-button.tsx';
import { NotedButton } from '../../parts/noted-button.tsx';

interface Props {
  readonly place: LoopPlace;
  readonly isPaused: boolean;
}

/** What can be done with a schedule. */
export function ScheduleSteering({ place, isPaused }: Props) {
  const change = useChange(steerSchedule);
  const go = useNavigate();
  const toggle = isPaused ? 'resume' : 'pause';
  return (
    <>
      <NotedButton
        key={toggle}
        label={isPaused ? 'Resume' : 'Pause'}
        does={
          isPaused
            ? 'It asks the loop for an iteration again, from its next time on. Times that have passed are not made up for.'
            : 'It asks the loop for no iteration until it is resumed. What runs goes on.'
        }
        onConfirm={async (note) => change.mutateAsync({ params: place, body: { what: toggle, note } })}
      />
      <ConfirmButton
        label="Ask now"
        does="The loop is asked for an iteration now. Whether one begins, and why not, is shown below."
        onConfirm={async () => change.mutateAsync({ params: place, body: { what: 'trigger' } })}
      />
      <BackfillButton
        onConfirm={async (from, to) => change.mutateAsync({ params: place, body: { what: 'backfill', from, to } })}
      />
      <ConfirmButton
        label="Delete"
        isDangerous
        does="The schedule is gone for good, with what came of its times. The loop and its iterations go on."
        onConfirm={async () => {
          await change.mutateAsync({ params: place, body: { what: 'delete' } });
          await go('/schedules');
        }}
      />
    </>
  );
}
