import { Button } from '@mantine/core';
import { Link } from 'react-router';
import { listSchedules } from '../../../../src/api/endpoints/schedules.ts';
import { PageHeader } from '../../parts/page-header.tsx';
import { Section } from '../../parts/section.tsx';
import { useAnswer } from '../../requests/use-answer.ts';
import { useMay } from '../../session/principal.tsx';
import { useAddress } from '../../shell/use-address.ts';
import { Answered } from '../../states/answered.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { NewSchedule } from './new-schedule.tsx';
import { ScheduleTable } from './schedule-table.tsx';

/** Temporal's list is some seconds old, and no event tells of schedules; in milliseconds. */
const LOOK_EVERY_MS = 15_000;

/** When loops are asked for an iteration. */
export function SchedulesPage() {
  const [read, change] = useAddress();
  const mayCreate = useMay('operator');
  const isNew = read('new') !== null && mayCreate;
  const all = useAnswer(listSchedules, {}, { everyMs: LOOK_EVERY_MS });
  const make = (
    <Button onClick={() => change({ new: '1' })} disabled={isNew}>
      New schedule
    </Button>
  );
  return (
    <>
      <PageHeader title="Schedules" actions={mayCreate ? make : undefined}>
        When loops whose pace is a schedule are asked for an iteration
      </PageHeader>
      {isNew ? <NewSchedule onDone={() => change({ new: null })} /> : null}
      <Answered query={all} what="the schedules">
        {({ schedules }) => (
          <Section title="All schedules" count={schedules.length}>
            {schedules.length === 0 ? (
              <EmptyState title="There is no schedule.">
                A loop whose pace is <code>schedule</code> begins an iteration when a schedule, or somebody, asks it to.{' '}
                {mayCreate ? <Link to="/schedules?new=1">Make a schedule</Link> : 'Operators make schedules: ask one.'}
              </EmptyState>
            ) : (
              <ScheduleTable rows={schedules} />
            )}
          </Section>
        )}
      </Answered>
    </>
  );
}
