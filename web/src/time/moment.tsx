import { formatDuration } from '../../../src/notation/duration-words.ts';
import { formatDistance } from './format-distance.ts';
import { formatTime } from './format-time.ts';
import { since } from './since.ts';
import { useNow } from './use-now.ts';

interface MomentProps {
  /** ISO time. */
  readonly at: string;
  /** `distance`: `3 min ago`; `span`: `3 min 20 s`, for how long something has been so; `both`: the moment and the distance. */
  readonly as?: 'distance' | 'span' | 'both';
}

/** A moment in relative words; the moment itself, in the viewer's zone, is its title and what a screen reader can ask for. */
export function Moment({ at, as = 'distance' }: MomentProps) {
  const now = useNow();
  const ms = since(Date.parse(at), now);
  const text = Number.isNaN(ms) ? at : as === 'span' ? formatDuration(ms) : formatDistance(ms);
  return (
    <time dateTime={at} title={formatTime(at)} className="tabular">
      {as === 'both' ? `${formatTime(at)} (${text})` : text}
    </time>
  );
}
