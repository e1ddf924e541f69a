import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import type { CurvePoint } from './curve.ts';
import { curvesChart } from './curves-chart.ts';
import { curvesCsv } from './curves-csv.ts';

/** Writes `curves.csv` and `curves.png` into a folder, which is made if need be. @throws MaskloopError `OutputNotWritable` */
export async function writeCurves(dir: string, points: readonly CurvePoint[]): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, 'curves.csv'), curvesCsv(points));
    await writeFile(join(dir, 'curves.png'), curvesChart(points));
  } catch (error) {
    throw new MaskloopError('OutputNotWritable', `The curves cannot be written to ${dir}.`, {
      facts: { folder: dir },
      cause: error,
    });
  }
}
