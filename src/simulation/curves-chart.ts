import { lineChart } from '../plots/line-chart.ts';
import { renderPng } from '../plots/render-png.ts';
import type { CurvePoint } from './curve.ts';
import { meanCurve } from './mean-curve.ts';

/** The mean Dice of every variant over the frames labelled, as a PNG; with several seeds in a band from the least to the most. */
export function curvesChart(points: readonly CurvePoint[]): Uint8Array {
  const variants = [...new Set(points.map(({ variant }) => variant))];
  const series = variants.map((name) => ({
    name,
    points: meanCurve(points, name).map(({ frames, dice, least, most, seeds }) => ({
      x: frames,
      y: dice,
      ...(seeds > 1 ? { low: least, high: most } : {}),
    })),
  }));
  return renderPng(
    lineChart(series, { title: 'Learning curves', x: 'frames labelled', y: 'mean Dice on held-out frames' }),
  );
}
