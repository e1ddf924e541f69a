import { z } from 'zod';
import type { IterationInput } from '../../contracts/iteration.ts';
import { artifact, count, folder } from './refs.ts';

/** A part that is kept as it was given and is not read back. */
function asGiven<K extends keyof IterationInput>() {
  return z.custom<NonNullable<IterationInput[K]>>((value) => typeof value === 'object' && value !== null);
}

/** What the iteration was started with. */
export const inputSchema = z.object({
  connection: z.string().describe('connection'),
  project: z.string().describe('project in CVAT'),
  task: z.string().describe('task in CVAT'),
  masks: folder
    .nullable()
    .describe(
      'folder of the masks; null where they were predicted, where people began without any, and where the task was only observed',
    ),
  compareWith: folder.exactOptional().describe('masks that the labels of an observed task were compared with'),
  predict: z
    .object({ model: z.string().describe('model') })
    .exactOptional()
    .describe('what masks were predicted with'),
  fromScratch: z.literal(true).exactOptional().describe('whether people began without pre-annotations'),
  images: folder.nullable().describe('folder of the frames; null where CVAT has them'),
  share: asGiven<'share'>().nullable().describe('files of the share that the task was made from'),
  categories: artifact.describe("COCO's list of categories as it was given"),
  suffix: z.string().describe('end of the name of the document'),
  conversion: asGiven<'conversion'>().describe('rules by which masks were converted'),
  createProject: z.boolean().describe('whether the project might be made'),
  syncLabels: z.boolean().describe('whether labels might be added to the project'),
  people: z.array(z.string()).describe('whom jobs were given to'),
  segmentSize: z.number().nullable().describe('frames a job of a task that was made'),
  importScope: z.enum(['task', 'new-jobs', 'rebuild']).exactOptional().describe('where pre-annotations went'),
  overwrite: z.boolean().exactOptional().describe('whether what the task held might be deleted'),
  completion: asGiven<'completion'>().describe('when people were done'),
  seal: z.object({ quietMs: count.describe('quiet period, in milliseconds') }).describe('when labels were sealed'),
  review: asGiven<'review'>().exactOptional().describe('who looked at completed jobs'),
  tellPeople: z.enum(['names', 'pseudonyms', 'none']).describe('whether the comparison tells people apart'),
  training: asGiven<'training'>().nullable().describe('what was trained, and with which settings'),
  timing: asGiven<'timing'>().describe('patience with servers'),
  loop: z
    .object({
      name: z.string().describe('its name'),
      number: z.number().describe('number of the iteration; 0 for the task of held-out frames'),
      policy: artifact.describe('what the loop does'),
      selection: artifact.nullable().describe('frames that were chosen; null where the task was there before'),
    })
    .exactOptional()
    .describe('the loop that it was an iteration of'),
  notices: asGiven<'notices'>().exactOptional().describe('who was told of what'),
});
