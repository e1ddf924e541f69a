import { z } from 'zod';
import type { MetricPoint } from '../contracts/training.ts';
import { jsonOf } from './json-of.ts';

const point: z.ZodType<MetricPoint> = z.object({
  at: z.string(),
  run: z.number(),
  epoch: z.number(),
  totalEpochs: z.number(),
  metric: z.number().nullable(),
  best: z.number().nullable(),
});

/** The epochs in a file of metrics, a JSON document a line; lines that cannot be read are left out. @param bytes null for no file */
export function readMetricPoints(bytes: Uint8Array | null): readonly MetricPoint[] {
  if (bytes === null) return [];
  const lines = new TextDecoder().decode(bytes).split('\n');
  return lines.flatMap((line) => point.safeParse(jsonOf(line)).data ?? []);
}
