import { z } from 'zod';
import { artifact, count, time } from './refs.ts';

/** What a model was trained on besides the labels of the iteration itself. */

export const amendment = z.object({
  name: z.string().describe('its name in the store'),
  document: artifact.describe('the same document by content'),
  id: z.string().describe('the iteration whose labels were replaced'),
  frames: count.describe('frames of it'),
});

export const notAmended = z.object({ iteration: z.string(), frame: z.string().nullable(), why: z.string() });

export const corrections = z.object({
  looked: count.describe('earlier tasks that had changed since their seal'),
  amendments: z
    .object({
      count: count.describe('how many'),
      first: z.array(amendment).describe('the first 10'),
      list: artifact.nullable().describe('a JSON list of all; null for none'),
    })
    .describe('what was replaced of earlier iterations'),
  left: z
    .object({
      count: count.describe('how many'),
      first: z.array(notAmended).describe('the first 20, each with the reason'),
    })
    .describe('what was edited and is trained on as it was sealed'),
});

export const trainingSet = z.object({
  name: z.string().describe('its name in the store'),
  document: artifact.describe('the same version by content'),
  version: count.describe('which version, from 1'),
  own: count.describe('labels of this iteration'),
  earlier: count.describe('labels of earlier ones'),
  approved: count.describe('labels of others that a person approved'),
  aside: count.exactOptional().describe('labels of iterations without a receipt, which were taken out'),
  neverSubmitted: z
    .object({
      count: count.describe('how many'),
      first: z.array(z.string()).describe('ids of the first 10'),
    })
    .exactOptional()
    .describe('iterations of the project that did not train, and whose labels could not be trained on here either'),
  elsewhere: z
    .object({
      count: count.describe('how many'),
      first: z.array(z.string()).describe('ids of the first 10'),
    })
    .exactOptional()
    .describe('iterations of the project that another trainer was trained on, and that are not trained on here'),
  feedNotKnown: z
    .literal(true)
    .exactOptional()
    .describe('it could not be seen whether the trainer fetches labels by itself'),
  checkedAt: time.describe('when the trainer was looked at'),
  differs: z
    .object({
      count: count.describe('how many labels differ'),
      first: z.array(z.string()).describe('the first of them, in words'),
      list: artifact.describe('a JSON list of all'),
    })
    .exactOptional()
    .describe('what had changed by the end of the training'),
});
