import { Button } from '@mantine/core';
import { describeLoop, loopCurve } from '../../../../src/api/endpoints/loops.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useMay } from '../../session/principal.tsx';
import { placeWords, useLoopPlace } from '../../shell/loop-place.ts';
import { useAddress } from '../../shell/use-address.ts';
import { Answered } from '../../states/answered.tsx';
import { EditLoop } from './edit-loop.tsx';
import { LoopCurve } from './loop-curve.tsx';
import { LoopQuestion } from './loop-question.tsx';
import { LoopState } from './loop-state.tsx';
import { LoopSteering } from './loop-steering.tsx';

/** No event tells of loops, so the page looks again, in milliseconds. */
const LOOK_EVERY_MS = 10_000;

/** One loop: what it does, what it asks, and how the model has become better. */
export function LoopPage() {
  const place = useLoopPlace();
  const [read, change] = useAddress();
  const loop = useAnswer(describeLoop, { params: place }, { everyMs: LOOK_EVERY_MS });
  const curve = useAnswer(loopCurve, { params: place }, { everyMs: LOOK_EVERY_MS });
  const maySteer = useMay('operator');
  const isRunning = loop.data?.state === 'running';
  // What a loop did that has ended is known as long as Temporal knows it.
  const mayWrite = maySteer && (isRunning || (loop.data?.status ?? null) !== null);
  const steering = (
    <LoopSteering place={place} status={loop.data?.status ?? null} onEdit={() => change({ edit: '1' })} />
  );
  const again = (
    <Button variant="default" onClick={() => change({ edit: '1' })}>
      Start again
    </Button>
  );
  return (
    <>
      <PageHeader title={placeWords(place)} actions={!mayWrite ? undefined : isRunning ? steering : again}>
        Loop
      </PageHeader>
      {read('edit') !== null && mayWrite ? (
        <Section
          title={isRunning ? 'Edit' : 'Start again'}
          actions={
            <Button variant="default" onClick={() => change({ edit: null, as: null })}>
              Change nothing
            </Button>
          }
        >
          <EditLoop place={place} isRunning={isRunning} onDone={() => change({ edit: null, as: null })} />
        </Section>
      ) : null}
      <Answered query={loop} what="the loop">
        {(view) => (
          <>
            {view.status === null ? null : <LoopQuestion place={place} status={view.status} />}
            <LoopState view={view} />
          </>
        )}
      </Answered>
      <Section title="Learning curve">
        <Answered query={curve} what="the learning curve">
          {({ points }) => <LoopCurve points={points} />}
        </Answered>
      </Section>
    </>
  );
}
