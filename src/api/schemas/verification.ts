import { z } from 'zod';
import type { Verification } from '../../receipts/verify/verification.ts';

const at = z.string();

/** What was found when a receipt was held against the store. */
export const verification: z.ZodType<Verification> = z.object({
  id: z.string(),
  sha256: z.string(),
  sound: z.boolean(),
  artifacts: z.array(z.object({ at, count: z.number(), bytes: z.number() })),
  folders: z.array(z.object({ at, uri: z.string(), files: z.number() })),
  recounted: z.array(z.object({ what: z.string(), stated: z.string(), counted: z.string() })),
  chain: z.object({ number: z.number(), sound: z.number() }).nullable(),
  trainingSet: z.object({ version: z.number(), sound: z.number() }).nullable(),
  absent: z.array(z.object({ at, uri: z.string(), why: z.enum(['forgotten', 'gone']) })),
  failures: z.array(z.object({ at, problem: z.string() })),
});
