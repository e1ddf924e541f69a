import { Link } from 'react-router';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { placeWords, type LoopPlace } from '../../shell/loop-place.ts';
import { Moment } from '../../time/moment.tsx';
import type { ScheduleRow } from './schedule.ts';
import { scheduleAddress } from './schedule-address.ts';
import { ScheduleState } from './schedule-state.tsx';
import { timesWords } from './times-words.ts';

const placeOf = ({ terms }: ScheduleRow): LoopPlace => ({ ...terms.loop, loop: terms.loop.name });

const COLUMNS: readonly Column<ScheduleRow>[] = [
  {
    title: 'Loop',
    isName: true,
    cell: (row) => <Link to={scheduleAddress(placeOf(row))}>{placeWords(placeOf(row))}</Link>,
  },
  { title: 'State', cell: ({ paused, note }) => <ScheduleState paused={paused} note={note} /> },
  { title: 'Asks', cell: ({ terms }) => timesWords(terms.times) },
  { title: 'Next', cell: ({ next: [next], paused }) => <Next at={next} isPaused={paused} /> },
];

/** Schedules, a line each. */
export function ScheduleTable({ rows }: { readonly rows: readonly ScheduleRow[] }) {
  return <DataTable label="Schedules" columns={COLUMNS} rows={rows} keyOf={(row) => scheduleAddress(placeOf(row))} />;
}

function Next({ at, isPaused }: { readonly at: string | undefined; readonly isPaused: boolean }) {
  if (isPaused) return <>None while it is paused</>;
  return at === undefined ? <>Never</> : <Moment at={at} as="both" />;
}
