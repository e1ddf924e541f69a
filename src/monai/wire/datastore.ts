import { z } from 'zod';
import type { StoredImage } from '../monai.ts';

/** Answer of `GET /datastore/?output=stats`, as far as it is used. */
export const datastoreStatsSchema = z.object({ total: z.int().min(0), completed: z.int().min(0) });

/** Answer of a `PUT` of an image or label: the server says under which id it keeps it. */
export function storedUnderSchema(imageId: string) {
  return z.object({ image: z.literal(imageId) });
}

/** Answer of `GET /datastore/?output=train`: absolute paths on the server. */
export const trainingListSchema = z.array(z.object({ image: z.string().min(1), label: z.string().min(1) }));

/** The tag of the labels that are trained on. */
const FINAL = 'final';

/** Before an image is scored its entropy may be an object without meaning. */
const info = z.object({
  epistemic_entropy: z.number().nullable().catch(null).default(null),
  epistemic_ts: z.number().nullable().catch(null).default(null),
});
const stored = z.object({ ext: z.string(), info });

/** Answer of `GET /datastore/?output=all`, as far as it is used. */
export const imagesSchema = z
  .object({ objects: z.record(z.string(), z.object({ image: stored, labels: z.record(z.string(), z.unknown()) })) })
  .transform(({ objects }): readonly StoredImage[] =>
    Object.entries(objects).map(([id, { image, labels }]) => {
      const { epistemic_entropy: score, epistemic_ts: modelTime } = image.info;
      return {
        id,
        extension: image.ext,
        isLabelled: Object.hasOwn(labels, FINAL),
        uncertainty: score === null || modelTime === null ? null : { score, modelTime },
      };
    }),
  );
