import { Link } from 'react-router';
import { describeSchedule } from '../../../../src/api/endpoints/schedules.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useMay } from '../../session/principal.tsx';
import { placeWords, useLoopPlace } from '../../shell/loop-place.ts';
import { Answered } from '../../states/answered.tsx';
import { ScheduleSteering } from './schedule-steering.tsx';
import { ScheduleSections } from './schedule-sections.tsx';

/** No event tells of schedules, so the page looks again, in milliseconds. */
const LOOK_EVERY_MS = 10_000;

/** One schedule: when it asks, and what came of the last times. */
export function SchedulePage() {
  const place = useLoopPlace();
  const maySteer = useMay('operator');
  const schedule = useAnswer(describeSchedule, { params: place }, { everyMs: LOOK_EVERY_MS });
  const { data } = schedule;
  return (
    <>
      <PageHeader
        title={`Schedule of ${placeWords(place)}`}
        actions={maySteer && data !== undefined ? <ScheduleSteering place={place} isPaused={data.paused} /> : undefined}
      >
        <Link to="/schedules">All schedules</Link>
      </PageHeader>
      <Answered query={schedule} what="the schedule">
        {(view) => <ScheduleSections view={view} />}
      </Answered>
    </>
  );
}
