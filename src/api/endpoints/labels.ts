import { z } from 'zod';
import { placeOfId } from '../../contracts/ids.ts';
import { collectedLabels } from '../../operations/looks/collected-labels.ts';
import { define, noBody, nothing } from '../define.ts';
import { bytes, sha256 } from './files.ts';

const ofIteration = z
  .strictObject({ id: z.string().min(1).max(1000) })
  .describe('what an iteration has sealed, or its task');
const ofTask = z
  .strictObject({ connection: z.string().min(1).max(200), task: z.int().positive() })
  .describe('a task of CVAT as it is now');

export const collectLabels = define({
  id: 'collectLabels',
  method: 'POST',
  path: '/labels',
  tag: 'files',
  summary: 'The labels of an iteration or a task, one PNG a frame; null says that a worker still reads them: ask again',
  role: 'operator',
  reach: 'one',
  connectionOf: ({ body: { of } }) => ('id' in of ? placeOfId(of.id).connection : of.connection),
  // Nothing is written to CVAT.
  changes: false,
  params: nothing,
  query: nothing,
  body: z.strictObject({
    of: z.union([ofIteration, ofTask]),
    via: z.enum(['native', 'export']),
    categories: z
      .array(z.strictObject({ id: z.int().positive(), name: z.string().min(1).max(1000) }))
      .max(65_535)
      .nullable()
      .describe('by which labels are numbered; null for those of the project, from 1'),
  }),
  answer: z.object({ collected: collectedLabels.nullable() }),
});
export type LabelsWanted = z.input<typeof collectLabels.body>;

export const readLabel = define({
  id: 'readLabel',
  method: 'GET',
  path: '/labels/{sha256}',
  tag: 'files',
  summary: 'A label PNG that the caller has had collected',
  role: 'operator',
  reach: 'filtered',
  changes: false,
  params: z.strictObject({ sha256 }),
  query: nothing,
  body: noBody,
  produces: 'application/octet-stream',
  answer: bytes,
});
