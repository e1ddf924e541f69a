import { lineChart } from '../plots/line-chart.ts';
import { renderPng } from '../plots/render-png.ts';
import type { CurvePoint } from './curve.ts';
import { middleCurve } from './middle-curve.ts';

/** The mean Dice of every variant over the frames labelled, as a PNG; of several seeds the median, in a band between the quartiles. */
export function curvesChart(points: readonly CurvePoint[]): Uint8Array {
  const variants = [...new Set(points.map(({ variant }) => variant))];
  const series = variants.map((name) => ({
    name,
    points: middleCurve(points, name).map(({ frames, dice, lower, upper, seeds }) => ({
      x: frames,
      y: dice,
      ...(seeds > 1 ? { low: lower, high: upper } : {}),
    })),
  }));
  const seeds = new Set(points.map(({ seed }) => seed)).size;
  const title = seeds > 1 ? `Learning curves: median of ${seeds} seeds, band between the quartiles` : 'Learning curves';
  return renderPng(lineChart(series, { title, x: 'frames labelled', y: 'mean Dice on held-out frames' }));
}
