import { z } from 'zod';
import type { FolderRef } from '../contracts/refs.ts';
import { artifactSchema } from './artifact-schema.ts';

/** A reference to a folder, as documents hold it. */
export const folderSchema: z.ZodType<FolderRef> = z.object({
  uri: z.string(),
  sha256: z.string(),
  files: z.int().min(0),
  manifest: artifactSchema.exactOptional(),
});
