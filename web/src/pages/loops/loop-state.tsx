import type { LoopEnd, LoopEvent } from '../../../../src/contracts/loop.ts';
import type { z } from 'zod';
import type { loopView } from '../../../../src/api/schemas/loop.ts';
import { API_PREFIX } from '../../../../src/api/endpoint.ts';
import { DataTable, type Column } from '../../parts/data-table.tsx';
import { IterationLink } from '../../parts/iteration-link.tsx';
import { KeyValues } from '../../parts/key-values.tsx';
import { Section } from '../../parts/section.tsx';
import { StatusBadge } from '../../parts/status-badge.tsx';
import { useMay, useSeesAll } from '../../session/principal.tsx';
import { EmptyState } from '../../states/empty-state.tsx';
import { Moment } from '../../time/moment.tsx';
import { loopWords } from '../../words/loops.ts';

const EVENTS: readonly Column<LoopEvent>[] = [
  { title: 'Done', isName: true, cell: ({ what }) => what },
  { title: 'By', cell: ({ by }) => by },
  { title: 'When', cell: ({ at }) => <Moment at={at} as="both" /> },
  { title: 'Note', cell: ({ detail }) => detail ?? null },
];

/** What a loop does now, and what was done to it. */
export function LoopState({ view }: { readonly view: z.output<typeof loopView> }) {
  // A policy says who gets jobs, and files of the store are of no connection.
  const isOperator = useMay('operator');
  const mayRead = useSeesAll() && isOperator;
  const { status, state, workerAnswers, chosen } = view;
  if (status === null) {
    const title =
      state === 'running' && !workerAnswers
        ? 'No worker answers, so it is not known what it does.'
        : 'It does not run.';
    return (
      <Section title="State">
        <EmptyState title={title}>{chosen.length} iterations have had frames chosen.</EmptyState>
      </Section>
    );
  }
  const waitingFor = status.paused ? 'resume' : status.choices.length > 0 ? 'decision' : null;
  const isRunning = state === 'running';
  const [word, tone] = loopWords({ phase: isRunning ? status.phase : null, waitingFor });
  const { policy, edited, iteration, rests, begin, findings, end } = status;
  return (
    <Section title="State">
      <KeyValues
        rows={[
          [
            'State',
            <StatusBadge key="state" tone={tone}>
              {word}
            </StatusBadge>,
          ],
          ['Since', <Moment key="since" at={status.since} as="both" />],
          ['Iteration', status.number === null || !isRunning ? null : String(status.number)],
          ['Runs', iteration === null ? null : <IterationLink key="runs" id={iteration} />],
          ['Rests', rests],
          [
            'Pace',
            status.pace === 'schedule' ? 'when it is asked to, by hand or by a schedule' : 'one after the other',
          ],
          ['Asked for', begin === null ? null : `an iteration, by ${begin.by}`],
          ['Rules', findings.length === 0 || !isRunning ? null : findings.map(({ words }) => words).join('; ')],
          [isRunning ? 'Ends after this iteration' : 'Ended', end === null ? null : endWords(end)],
          ['Policy', mayRead ? <PolicyLink key="policy" sha256={policy.sha256} /> : null],
          [
            'From the next one on',
            edited === null ? null : mayRead ? <PolicyLink key="edited" sha256={edited.sha256} /> : 'another policy',
          ],
        ]}
      />
      {status.events.length === 0 ? null : (
        <DataTable
          label="What was done to the loop"
          columns={EVENTS}
          rows={status.events.toReversed()}
          keyOf={({ what, at }) => `${what} ${at}`}
        />
      )}
    </Section>
  );
}

function endWords({ words, by }: LoopEnd): string {
  return by === null ? words : `${words} (${by})`;
}

function PolicyLink({ sha256 }: { readonly sha256: string }) {
  return (
    <a href={`${API_PREFIX}/files/${sha256}`} download="policy.json">
      Policy as JSON
    </a>
  );
}
