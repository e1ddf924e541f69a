import { z } from 'zod';
import type { CollectedLabels, ExportedLabels } from '../../contracts/collected-labels.ts';
import type { LabelsRef } from '../../contracts/refs.ts';
import { labels } from '../../receipts/schema/label-results.ts';

const native: z.ZodType<LabelsRef> = labels;
const exported: z.ZodType<ExportedLabels> = z.object({
  frames: z.number(),
  labelledFrames: z.number(),
  differing: z.array(z.object({ name: z.string(), pixels: z.number() })),
  withoutSegmentation: z.number(),
});

/** What was collected, as a worker leaves it and a server tells it. */
export const collectedLabels: z.ZodType<CollectedLabels> = z.object({
  native: native.nullable().describe("from CVAT's own annotations"),
  exported: exported.nullable().describe("from CVAT's exports"),
  labels: z.array(z.object({ frame: z.string(), sha256: z.string() })).readonly(),
});
