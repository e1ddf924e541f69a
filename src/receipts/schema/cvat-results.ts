import { z } from 'zod';
import { artifact, count, counts, firstRanges, moreRanges, ranges, time } from './refs.ts';

/** What the steps before the seal left behind. */

export const dataset = z.object({
  document: artifact.describe('COCO document of the masks'),
  preannotations: artifact.describe('its copy as CVAT was sent it'),
  images: count.describe('images in it'),
  annotations: count.describe('annotations in it'),
  skippedPixels: counts.describe('pixels left out, by value'),
  dropped: z
    .object({ components: count.describe('how many'), pixels: count.describe('their pixels') })
    .describe('components that were too small'),
});

export const task = z.object({
  projectId: count.describe("CVAT's id of the project"),
  taskId: count.describe("CVAT's id of the task"),
  url: z.string().describe('its address for people'),
  created: z.boolean().describe('whether this iteration made it'),
  frames: count.describe('its frames'),
  jobs: count.describe('its annotation jobs'),
  jobIds: ranges.exactOptional().describe('their ids'),
  organizationId: count.nullable().exactOptional().describe("CVAT's id of the organization"),
  cvatVersion: z.string().describe('version of CVAT at that moment'),
});

export const guard = z.object({
  holds: z.enum(['nothing', 'ours', 'people']).describe('what the task held'),
  previousImport: time.nullable().describe('time of the import before'),
  leftOut: z.object({ frames: count, shapes: count }).describe('deleted frames with a mask, and their shapes'),
  content: z.string().exactOptional().describe('digest over what might be overwritten'),
  perJob: z.boolean().exactOptional().describe('whether jobs were written one by one'),
});

const backup = z.object({
  name: z.string().describe('document in the store'),
  number: count.describe('its number'),
  manifest: artifact.describe('the same document by content'),
  takenAt: time.describe('when'),
  jobs: count.describe('jobs'),
  shapes: count.describe('shapes'),
  tracks: count.describe('tracks'),
  tags: count.describe('tags'),
});

export const imported = z.object({
  shapes: count.describe('shapes that were sent'),
  sha256: z.string().describe('digest over frame, label and points of all of them'),
  adopted: z.boolean().describe('whether an earlier try had put them there'),
  finishedAt: time.nullable().exactOptional().describe("CVAT's time of the end of the import"),
  backup: backup.nullable().exactOptional().describe('what was there before'),
  perJob: z
    .object({
      written: count.describe('jobs that hold our shapes'),
      writtenJobs: ranges.describe('their ids'),
      writtenMore: moreRanges.exactOptional().describe('all ids, where those are the first of more'),
      leftAlone: count.describe('jobs that were not touched'),
      leftAloneJobs: ranges.describe('their ids'),
      leftAloneMore: moreRanges.exactOptional().describe('all ids, where those are the first of more'),
      left: z.array(z.object({ job: count, reason: z.string() })).describe('why, for the first 50'),
    })
    .exactOptional()
    .describe('where jobs were written one by one'),
});

export const labelTable = z.object({
  table: artifact.describe('the whole label table'),
  rows: z
    .array(
      z.object({
        value: count.describe('value of its pixels'),
        name: z.string().describe('class'),
        labelId: count.nullable().describe('label in CVAT'),
        modelIndex: count.nullable().describe('label index of the model'),
        frames: count.describe('frames with a pixel of it'),
        pixels: count.describe('its pixels'),
      }),
    )
    .describe('its first rows'),
  classes: count.describe('number of its rows'),
  withoutCategory: z.array(z.string()).describe('labels that no category is named like'),
  added: z.array(z.string()).describe('labels that were added to the project'),
});

export const assignment = z.object({
  people: z.array(z.object({ username: z.string(), jobs: count, frames: count })).describe('who had what'),
  others: count.describe('jobs of somebody else'),
});

export const completion = z.object({
  jobs: count.describe('annotation jobs'),
  completedAt: time.describe('when they were seen complete'),
  why: z.enum(['enough', 'deadline']).exactOptional().describe('why it ended with jobs open'),
  unfinished: ranges.exactOptional().describe('jobs that it went on without'),
  unfinishedMore: moreRanges.exactOptional().describe('all of them, where those are the first of more'),
  unfinishedFrames: firstRanges.exactOptional().describe('frames in no completed job'),
  carried: z.literal(true).exactOptional().describe('whether they are for whoever chooses the next frames'),
  carriedFrames: artifact.exactOptional().describe('the list of these frames, by number and name'),
  deadlines: z
    .array(
      z.object({
        at: time.describe('when it passed'),
        until: time.describe('the deadline that followed'),
        shared: z
          .object({
            jobs: count.describe('open jobs of the named people'),
            frames: count.describe('their frames'),
            others: count.describe('open jobs of others'),
            busy: z
              .array(z.int())
              .exactOptional()
              .describe('those that somebody had changed lately and kept, at most 20'),
            againAt: time.exactOptional().describe('when these were to be looked at again'),
          })
          .exactOptional()
          .describe('how open jobs lay after they were given to the named people'),
      }),
    )
    .exactOptional()
    .describe('deadlines before, that were moved by themselves'),
  notes: z.array(z.string()).exactOptional().describe('what was found on the way, as a newer CVAT'),
});
