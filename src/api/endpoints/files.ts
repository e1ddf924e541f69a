import { z } from 'zod';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import { folderSchema } from '../../storage/folder-schema.ts';
import { define, noBody, nothing } from '../define.ts';

/** Bytes as they come; a stream where the server reads or writes them. */
export const bytes = z.custom<AsyncIterable<Uint8Array>>(
  (value) => typeof value === 'object' && value !== null && Symbol.asyncIterator in value,
);

export const sha256 = z.hash('sha256').describe('lower-case hex SHA-256 of the content');

/** Hashes that one request may ask for. */
export const MOST_HASHES = 1000;

export const missingFiles = define({
  id: 'missingFiles',
  method: 'POST',
  path: '/files/missing',
  tag: 'files',
  summary: 'Which of these files have to be uploaded, so that an upload goes on where it broke off',
  role: 'operator',
  reach: 'filtered',
  changes: false,
  params: nothing,
  query: nothing,
  body: z.strictObject({
    files: z.array(z.strictObject({ sha256, bytes: z.int().nonnegative() })).max(MOST_HASHES),
  }),
  answer: z.object({ missing: z.array(sha256) }),
});

export const putFile = define({
  id: 'putFile',
  method: 'PUT',
  path: '/files/{sha256}',
  tag: 'files',
  summary: 'Uploads a file under the hash of its content',
  role: 'operator',
  reach: 'filtered',
  // Nobody sees it before a start names it, which is written down; a folder has thousands of files.
  changes: false,
  params: z.strictObject({ sha256 }),
  query: nothing,
  consumes: 'application/octet-stream',
  body: bytes,
  answer: artifactSchema,
});

export const describeFolder = define({
  id: 'describeFolder',
  method: 'GET',
  path: '/folders/{sha256}',
  tag: 'files',
  summary: 'A folder in the store by the hash of the list of its files, all of which have to be there',
  role: 'operator',
  reach: 'filtered',
  changes: false,
  params: z.strictObject({ sha256 }),
  query: nothing,
  body: noBody,
  answer: folderSchema,
});

export const readFile = define({
  id: 'readFile',
  method: 'GET',
  path: '/files/{sha256}',
  tag: 'files',
  summary: 'A file of the store by its hash',
  // Files name people whatever a setting says: policies of loops, backups, and where to write to whom.
  role: 'operator',
  // A file does not say whose it is.
  reach: 'all',
  changes: false,
  params: z.strictObject({ sha256 }),
  query: nothing,
  body: noBody,
  produces: 'application/octet-stream',
  answer: bytes,
});
