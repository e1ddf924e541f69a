import { Moment } from '../../time/moment.tsx';
import { formatTime } from '../../time/format-time.ts';
import type { IterationOfJobs } from './board.ts';

/** When people may be done with an iteration, and how sure that is. */
export function ForecastNote({ forecast }: { readonly forecast: IterationOfJobs['forecast'] }) {
  if (forecast === null) return <span className="dimmed">Nobody is waited for</span>;
  if (forecast.kind === 'done') return <>All jobs are complete</>;
  if (forecast.kind === 'not enough') {
    return (
      <div>
        Not enough to tell
        <div className="dimmed">{forecast.why}</div>
      </div>
    );
  }
  const { finishAt, earliest, latest, framesPerDay, framesLeft } = forecast;
  const range = latest === null ? 'at the earliest' : `to ${formatTime(latest)}`;
  return (
    <div>
      <Moment at={finishAt} as="both" />
      <div className="dimmed">
        {formatTime(earliest)} {range}; {framesLeft} frames left, {paceWords(framesPerDay)}
      </div>
    </div>
  );
}

function paceWords(framesPerDay: number): string {
  return `${framesPerDay < 10 ? framesPerDay.toFixed(1) : Math.round(framesPerDay)} a day`;
}
