import { Section } from '../../../parts/section.tsx';
import { KeyValues } from '../../../parts/key-values.tsx';
import { StatusBadge } from '../../../parts/status-badge.tsx';
import type { Tone } from '../../../theme/tone.ts';
import { formatDuration } from '../../../../../src/notation/duration-words.ts';
import { formatTime } from '../../../time/format-time.ts';
import { Moment } from '../../../time/moment.tsx';
import { useNow } from '../../../time/use-now.ts';
import { stepWord } from '../../../words/steps.ts';
import { resultsOf, type IterationView } from '../view-facts.ts';
import { deadlineText } from './deadline-text.ts';
import { periodText } from './period-text.ts';
import { stepTimeline, type TimelineStep } from './step-timeline.ts';
import { UnderWay } from './under-way.tsx';

const STATES: Readonly<Record<TimelineStep['state'], readonly [Tone, string]>> = {
  done: ['good', 'Done'],
  skipped: ['quiet', 'Skipped'],
  now: ['running', 'Now'],
  later: ['quiet', 'To come'],
  ended: ['bad', 'Ended here'],
};

/** The steps one below the other, with how long each took, and what is under way. */
export function StepsPart({ view }: { readonly view: IterationView }) {
  const now = useNow();
  const steps = stepTimeline(view, now);
  const longestMs = Math.max(1, ...steps.map(({ ms }) => ms ?? 0));
  const { labels, dataset, task } = resultsOf(view);
  const deadline = view.state === 'running' ? (view.status?.deadline ?? null) : null;
  return (
    <>
      <Section title="Steps">
        <ol className="timeline">
          {steps.map((step) => (
            <Step key={step.step} step={step} view={view} longestMs={longestMs} />
          ))}
        </ol>
      </Section>
      <Section title="In short">
        <KeyValues
          rows={[
            ['Started', <Moment key="started" at={view.startedAt} as="both" />],
            ['Ended', view.endedAt === null ? null : <Moment key="ended" at={view.endedAt} as="both" />],
            ['Deadline', deadline === null ? null : deadlineText(deadline)],
            ['Frames in the task', task?.frames ?? null],
            ['Pre-annotations', dataset === undefined ? null : `${dataset.annotations} on ${dataset.images} frames`],
            ['Sealed', labels === undefined ? null : `${labels.frames} frames, ${formatTime(labels.sealedAt)}`],
          ]}
        />
      </Section>
    </>
  );
}

interface StepProps {
  readonly step: TimelineStep;
  readonly view: IterationView;
  /** Of all steps. */
  readonly longestMs: number;
}

function Step({ step: { step, state, startedAt, endedAt, ms }, view, longestMs }: StepProps) {
  const [tone, word] = STATES[state];
  return (
    <li className="timeline-step" data-tone={tone} aria-current={state === 'now' ? 'step' : undefined}>
      <div className="timeline-line">
        <span className="timeline-name">{stepWord(step)}</span>
        <StatusBadge tone={tone}>{word}</StatusBadge>
        <span className="timeline-span tabular">{ms === null ? '' : formatDuration(ms)}</span>
        {ms === null ? null : <span className="timeline-bar" style={{ width: `${(100 * ms) / longestMs}%` }} />}
      </div>
      {startedAt === null || state === 'skipped' ? null : (
        <div className="timeline-times">{periodText(startedAt, endedAt)}</div>
      )}
      {state === 'now' ? <UnderWay view={view} /> : null}
    </li>
  );
}
