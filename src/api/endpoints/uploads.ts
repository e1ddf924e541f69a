import { z } from 'zod';
import { folderSchema } from '../../storage/folder-schema.ts';
import { define, nothing } from '../define.ts';
import { bytes, sha256 } from './files.ts';

/** A file is cut into parts of so many bytes, the last one aside, so that an upload goes on where it broke off. */
export const PART_BYTES = 8 * 1024 * 1024;

/** Parts of one file: 16 GB. */
export const MOST_PARTS = 2000;

/** Parts are nobody's but their sender's; nobody sees what is made of them before a start names it, which is written down. */
const ofSender = { tag: 'files', role: 'operator', reach: 'filtered', changes: false, query: nothing } as const;

const parts = z.array(sha256).min(1).max(MOST_PARTS).describe('hashes of the parts, in their order');

export const missingParts = define({
  ...ofSender,
  id: 'missingParts',
  method: 'POST',
  path: '/uploads/missing',
  summary: 'Which of these parts of a file the caller still has to upload',
  params: nothing,
  body: z.strictObject({ parts }),
  answer: z.object({ missing: z.array(sha256) }),
});

export const putPart = define({
  ...ofSender,
  id: 'putPart',
  method: 'PUT',
  path: '/uploads/{sha256}',
  summary: 'Uploads a part of a file, of at most 8 MiB, under the hash of its content',
  params: z.strictObject({ sha256 }),
  consumes: 'application/octet-stream',
  body: bytes,
  answer: null,
});

export const unpackUpload = define({
  ...ofSender,
  id: 'unpackUpload',
  method: 'POST',
  path: '/uploads/unpack',
  summary: 'Unpacks an uploaded zip file into a folder of the store; null says that it still goes on: ask again',
  params: nothing,
  body: z.strictObject({ parts }),
  answer: z.object({
    folder: folderSchema.nullable(),
    files: z.int().nonnegative().describe('that have been unpacked so far'),
  }),
});
