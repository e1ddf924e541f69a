import { z } from 'zod';
import type { ExcludeResult, ForgetResult } from '../../contracts/withdrawal.ts';

const place = { connection: z.string(), project: z.string(), task: z.string() };
const count = z.number();

/** What taking frames out of training, or into it again, has done. */
export const excludeResult: z.ZodType<ExcludeResult> = z.object({
  ...place,
  what: z.enum(['exclude', 'include']),
  frames: z.array(z.string()),
  changed: count,
  trainer: z.enum(['done', 'later', 'none']),
  because: z.string().exactOptional(),
  removed: count,
  putBack: count,
});

/** What forgetting frames has removed, or would remove. */
export const forgetResult: z.ZodType<ForgetResult> = z.object({
  ...place,
  done: z.boolean(),
  frames: z.array(z.string()),
  artifacts: count,
  bytes: count,
  shared: count,
  predictions: count,
  trainer: z.object({ address: z.string(), images: count, labels: count }).nullable(),
});
