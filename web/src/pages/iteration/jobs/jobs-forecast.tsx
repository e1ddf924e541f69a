import type { JobRow } from './job.ts';
import type { IterationOfJobs } from '../../../../../src/api/schemas/job.ts';
import { KeyValues } from '../../../parts/key-values.tsx';
import { Section } from '../../../parts/section.tsx';
import { formatTime } from '../../../time/format-time.ts';
import { Moment } from '../../../time/moment.tsx';
import { framesDone } from './frames-done.ts';

interface JobsForecastProps {
  readonly iteration: IterationOfJobs;
  readonly jobs: readonly JobRow[];
}

/** How far people are, and when they may be done. */
export function JobsForecast({ iteration: { forecast, openIssues, deadline }, jobs }: JobsForecastProps) {
  const { done, total } = framesDone(jobs);
  if (total === 0) return null;
  const share = `${Math.floor((100 * done) / total)} %`;
  return (
    <Section title="Progress">
      <div className="section-body">
        <progress
          className="bar"
          max={total}
          value={done}
          aria-label={`${done} of ${total} frames are in completed jobs`}
        />
      </div>
      <KeyValues
        rows={[
          ['Frames completed', `${done} of ${total} (${share})`],
          ['May be done', forecast === null ? null : <Forecast key="forecast" forecast={forecast} />],
          ['Deadline', deadline === null ? null : <Moment key="deadline" at={deadline} as="both" />],
          [
            'Open remarks in CVAT',
            openIssues === null || openIssues === 0 ? null : `${openIssues}; look at them before the labels are sealed`,
          ],
        ]}
      />
    </Section>
  );
}

function Forecast({ forecast }: { readonly forecast: NonNullable<IterationOfJobs['forecast']> }) {
  if (forecast.kind === 'done') return <>People are done.</>;
  if (forecast.kind === 'not enough') return <>Not known yet: {forecast.why}</>;
  const { finishAt, earliest, latest, framesPerDay } = forecast;
  return (
    <>
      <Moment at={finishAt} as="both" />, at {framesPerDay.toFixed(1)} frames a day. In four of five cases not before{' '}
      {formatTime(earliest)}
      {latest === null ? '' : `, nor after ${formatTime(latest)}`}.
    </>
  );
}
