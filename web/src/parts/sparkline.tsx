import { linePoints } from './line-points.ts';

const WIDTH = 120;
const HEIGHT = 28;

interface SparklineProps {
  /** Shares from 0 to 1, in order; at least one. */
  readonly values: readonly number[];
  /** What they are, for screen readers: `mean Dice`. */
  readonly label: string;
}

/** How a share has gone, as a small line with its last value beside it. */
export function Sparkline({ values, label }: SparklineProps) {
  const points = linePoints(values, { width: WIDTH, height: HEIGHT, margin: 3 });
  const last = points.at(-1);
  const told = values.map((value) => value.toFixed(2)).join(', ');
  return (
    <span className="sparkline">
      <svg width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <polyline points={points.map(([x, y]) => `${x},${y}`).join(' ')} />
        {last === undefined ? null : <circle cx={last[0]} cy={last[1]} r={2.5} />}
      </svg>
      <span className="visually-hidden">
        {label}: {told}
      </span>
      <span className="tabular" aria-hidden="true">
        {values.at(-1)?.toFixed(2)}
      </span>
    </span>
  );
}
