import { z } from 'zod';
import type { PublishedModel } from '../monai.ts';
import { trainStatsSchema } from './train-stats.ts';

/** Answer of `GET /model/info/{model}`. */
export const publishedModelSchema = z
  .object({
    checksum: z.string().regex(/^SHA256:[0-9a-f]{64}$/, 'not SHA256: and 64 hex digits'),
    train_stats: trainStatsSchema.optional(),
  })
  .transform(({ checksum, train_stats: stats }): PublishedModel => ({ checksum, stats: stats ?? null }));
