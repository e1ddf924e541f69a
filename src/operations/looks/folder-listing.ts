import { z } from 'zod';
import type { FolderCounts, FolderEntry, FolderListing } from '../../contracts/offered-folder.ts';

const count = z.int().nonnegative();

/** What lies in a folder itself. */
export const folderCounts: z.ZodType<FolderCounts> = z.object({
  folders: count,
  files: count,
  pngs: count,
  images: count.describe('in every format that CVAT takes, PNG among them'),
});

/** A line of a listing. */
export const folderEntry: z.ZodType<FolderEntry> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), name: z.string(), counts: folderCounts.nullable() }),
  z.object({ kind: z.literal('file'), name: z.string(), bytes: count }),
]);

/** A page of a listing, as a worker leaves it. */
export const folderListing: z.ZodType<FolderListing> = z.object({
  path: z.string(),
  counts: folderCounts,
  leftOut: count,
  entries: z.array(folderEntry),
});
