import { z } from 'zod';
import { MOST_ENTRIES } from '../../contracts/offered-folder.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { define, noBody, nothing } from '../define.ts';
import { folderCounts, folderEntry } from '../../operations/looks/folder-listing.ts';

/** Folders are offered to all who may start, whatever their connections: a start may name any of them. */
const ofOffered = {
  method: 'GET',
  tag: 'files',
  role: 'operator',
  reach: 'none',
  changes: false,
  params: nothing,
  body: noBody,
} as const;

const path = z.string().min(1).max(4096).describe('absolute path of a folder on the machine of the workers');

export const listRoots = define({
  ...ofOffered,
  id: 'listRoots',
  path: '/roots',
  summary: "Folders of the workers' machine that a start may name: those of MASKLOOP_ROOTS",
  query: nothing,
  answer: z.object({ roots: z.array(z.string()) }),
});

export const listRootFolder = define({
  ...ofOffered,
  id: 'listRootFolder',
  path: '/roots/folder',
  summary: 'What a folder below the offered ones holds, as a worker sees it: folders first, then files',
  query: z.strictObject({
    path,
    from: z.coerce.number().int().nonnegative().exactOptional().describe('entries that come before'),
    limit: z.coerce.number().int().min(1).max(MOST_ENTRIES).exactOptional().describe('100 if left out'),
  }),
  answer: z.object({
    path: z.string(),
    parent: z.string().nullable().describe('null for an offered folder itself'),
    counts: folderCounts,
    leftOut: z.int().nonnegative().describe('links that lead out of the offered folder, or nowhere'),
    next: z.int().nullable().describe('`from` of the next page'),
    entries: z.array(folderEntry),
  }),
});

export const referToFolder = define({
  ...ofOffered,
  id: 'referToFolder',
  path: '/roots/reference',
  summary:
    'What names such a folder in a start; a worker reads all its files for it, and null says that it still does: ask again',
  query: z.strictObject({ path }),
  answer: z.object({ folder: folderSchema.nullable() }),
});
