import { z } from 'zod';
import { FRAME_ORDERS } from '../../gallery/frame-row.ts';
import { connectionOfId, define, idParams, noBody, nothing } from '../define.ts';
import { frameRow, frameShapes, trainingCourse } from '../schemas/gallery.ts';

const ofViewer = {
  method: 'GET',
  tag: 'frames',
  role: 'viewer',
  reach: 'one',
  connectionOf: connectionOfId,
  changes: false,
  body: noBody,
} as const;

const frameParams = idParams.extend({
  frame: z.string().min(1).max(1000).describe('name of the frame, percent-encoded as a whole'),
});
const connectionOf = ({ params }: { readonly params: z.output<typeof frameParams> }): string =>
  connectionOfId({ params: { id: params.id } });

export const listFrames = define({
  ...ofViewer,
  id: 'listFrames',
  path: '/iterations/{id}/frames',
  summary: 'Frames with the agreement of pre-annotation and final label, those first that people changed most',
  params: idParams,
  query: z.strictObject({
    order: z.enum(FRAME_ORDERS).optional().describe('`disagreement` if left out'),
    only: z
      .enum(['compared', 'changed', 'deleted', 'excluded', 'heldOut', 'forgotten'])
      .optional()
      .describe('frames of this kind alone'),
    name: z.string().max(1000).optional().describe('part of the name'),
    from: z.coerce.number().int().nonnegative().optional().describe('`next` of the page before'),
    limit: z.coerce.number().int().min(1).max(1000).optional().describe('at most so many; 100 if left out'),
  }),
  answer: z.object({
    from: z
      .enum(['labels', 'masks', 'nothing'])
      .describe('frames of the sealed labels; before there are any, those that masks were converted for'),
    total: z.number().describe('frames that the filter holds for'),
    next: z.number().nullable(),
    frames: z.array(frameRow),
  }),
});

export const readFrameShapes = define({
  ...ofViewer,
  id: 'readFrameShapes',
  path: '/iterations/{id}/frames/{frame}/shapes',
  summary: 'Pre-annotation, final label and prediction of a frame as run lengths, class by class',
  connectionOf,
  params: frameParams,
  query: nothing,
  answer: frameShapes,
});

export const readFrameImage = define({
  ...ofViewer,
  id: 'readFrameImage',
  path: '/iterations/{id}/frames/{frame}/image',
  summary: 'The picture of a frame: PNG, JPEG, WebP or BMP, of at most 32 MB',
  connectionOf,
  params: frameParams,
  query: nothing,
  produces: 'image/*',
  answer: z.custom<Uint8Array>((value) => ArrayBuffer.isView(value)),
});

export const readTraining = define({
  ...ofViewer,
  id: 'readTraining',
  tag: 'iterations',
  path: '/iterations/{id}/training',
  summary: 'The epochs that were seen of the training, also while it runs',
  params: idParams,
  query: nothing,
  answer: trainingCourse,
});
