import { z } from 'zod';
import type { PublishedModel } from '../../contracts/trainer-reports.ts';
import { trainStatsSchema } from './train-stats.ts';

const checksum = z.string().regex(/^SHA256:[0-9a-f]{64}$/, 'not SHA256: and 64 hex digits');

/** Answer of `PUT /model/{model}`. */
export const uploadedModelSchema = z.object({ checksum });

/** Answer of `GET /model/info/{model}`. */
export const publishedModelSchema = z
  .object({
    checksum,
    modified_time: z.number().optional(),
    train_stats: trainStatsSchema.optional(),
  })
  .transform(({ train_stats: stats, modified_time: modified, ...given }): PublishedModel => ({
    checksum: given.checksum,
    stats: stats ?? null,
    ...(modified === undefined ? {} : { modifiedAtSeconds: modified }),
  }));
