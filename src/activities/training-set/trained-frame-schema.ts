import { z } from 'zod';
import type { TrainedFrame } from '../../contracts/training-set.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';

/** A frame that is trained on, as documents of the store hold it. */
export const trainedFrameSchema: z.ZodType<TrainedFrame> = z.object({
  imageId: z.string(),
  by: z.string(),
  name: z.string(),
  frame: z.number(),
  imageSha256: z.string(),
  label: artifactSchema,
  submitted: artifactSchema,
  earlier: z.array(z.string()).exactOptional(),
  aside: z.literal(true).exactOptional(),
});
