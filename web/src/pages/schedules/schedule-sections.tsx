import { DataTable, type Column } from '../../parts/data-table.tsx';
import { KeyValues } from '../../parts/key-values.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import type { Tone } from '../../theme/tone.ts';
import { Moment } from '../../time/moment.tsx';
import type { ScheduleRun, ScheduleView } from './schedule.ts';
import { ScheduleState } from './schedule-state.tsx';
import { OVERLAP_WORDS, timesWords } from './times-words.ts';

const OUTCOMES: Readonly<Record<ScheduleRun['outcome'], readonly [Tone, string]>> = {
  begun: ['good', 'An iteration began'],
  skipped: ['attention', 'Skipped'],
  waits: ['people', 'Waits'],
  forgotten: ['quiet', 'Forgotten'],
};

const COLUMNS: readonly Column<ScheduleRun>[] = [
  { title: 'Asked', isName: true, cell: ({ at }) => <Moment at={at} as="both" /> },
  {
    title: 'What came of it',
    cell: ({ outcome }) => <StatusBadge tone={OUTCOMES[outcome][0]}>{OUTCOMES[outcome][1]}</StatusBadge>,
  },
  { title: 'Why', cell: ({ why }) => why },
];

/** What a schedule is, its next times, and what came of its last ones. */
export function ScheduleSections({ view }: { readonly view: ScheduleView }) {
  const { terms, paused, note, next, runs, missed } = view;
  return (
    <>
      <Section title="When it asks">
        <KeyValues
          rows={[
            ['State', <ScheduleState key="state" paused={paused} note={note} />],
            ['Times', timesWords(terms.times)],
            ['While one runs', OVERLAP_WORDS[terms.overlap]],
            ['Made by', terms.by],
            ['Missed', missed === 0 ? null : `${missed} times that passed while Temporal was away`],
          ]}
        />
      </Section>
      <Section title="Next times">
        {paused || next.length === 0 ? (
          <EmptyState title={paused ? 'None while it is paused.' : 'There are no more.'} />
        ) : (
          <ol className="plain-list">
            {next.map((at) => (
              <li key={at}>
                <Moment at={at} as="both" />
              </li>
            ))}
          </ol>
        )}
      </Section>
      <Section title="Last times" count={runs.length}>
        {runs.length === 0 ? (
          <EmptyState title="It has not asked yet." />
        ) : (
          <DataTable label="Last times" columns={COLUMNS} rows={runs} keyOf={({ at }) => at} />
        )}
      </Section>
    </>
  );
}
