import { z } from 'zod';
import type { ArtifactRef } from '../contracts/refs.ts';

/** A reference to an artifact, as documents and answers hold it. */
export const artifactSchema: z.ZodType<ArtifactRef> = z.object({
  uri: z.string(),
  sha256: z.string(),
  bytes: z.int().min(0),
});
