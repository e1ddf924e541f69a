import * as api from '../../../api/endpoints/gallery.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { pictureType } from '../../../contracts/picture-type.ts';
import { listFrames } from '../../../gallery/frame-list.ts';
import { sortedFrames, type FrameRow } from '../../../gallery/frame-row.ts';
import { readFrameShapes, unknownFrame } from '../../../gallery/frame-shapes.ts';
import { createManifests } from '../../../gallery/manifests.ts';
import { storedPicture } from '../../../gallery/stored-picture.ts';
import { readTrainingCourse } from '../../../gallery/training-course.ts';
import { labelColor } from '../../../labels/label-colors.ts';
import type { Material } from '../../../operations/looks/material.ts';
import type { ApiParts } from '../api-parts.ts';
import type { Serve } from '../serve.ts';

const PAGE = 100;

/** A frame that is forgotten is soon gone from browsers as well. */
const PICTURE_CACHE = 'private, max-age=600';

const ONLY: Readonly<Record<string, (row: FrameRow) => boolean>> = {
  compared: ({ changed }) => changed !== null,
  changed: ({ changed }) => changed !== null && changed > 0,
  deleted: ({ deleted }) => deleted,
  excluded: ({ excluded }) => excluded,
  heldOut: ({ heldOut }) => heldOut === true,
  forgotten: ({ forgotten }) => forgotten,
};

/** Frames, what lies over their pictures, the pictures, and the course of the training. */
export function serveGallery(serve: Serve, { looks, store }: ApiParts): void {
  const manifests = createManifests(store);
  serve(api.listFrames, async ({ params, query }) => {
    const { order = 'disagreement', only, name, from: first = 0, limit = PAGE } = query;
    const { from, rows } = await listFrames(manifests, await looks.material(params.id));
    const isMeant = only === undefined ? undefined : ONLY[only];
    const meant = rows.filter((row) => (isMeant?.(row) ?? true) && (name === undefined || row.name.includes(name)));
    const page = sortedFrames(meant, order).slice(first, first + limit);
    const next = first + page.length < meant.length && page.length > 0 ? first + page.length : null;
    return { from, total: meant.length, next, frames: [...page] };
  });
  serve(api.readFrameShapes, async ({ params }) => {
    const material = await looks.material(params.id);
    const { categories } = material.input;
    const shapes = await readFrameShapes(manifests, material, { name: params.frame, categories });
    return { ...shapes, classes: shapes.classes.map((one) => ({ ...one, colour: labelColor(one.category) })) };
  });
  serve(api.readFrameImage, async ({ params, reply }) => {
    const material = await looks.material(params.id);
    const bytes = await pictureOf(material, params.frame);
    const type = pictureType(bytes);
    if (type === null) {
      throw new MaskloopError('PictureRefused', `The picture of "${params.frame}" is none that a browser shows.`, {
        facts: { frame: params.frame },
      });
    }
    void reply.headers({ 'cache-control': PICTURE_CACHE, vary: 'authorization, cookie', 'content-type': type });
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  });
  serve(api.readTraining, async ({ params }) => {
    const { id, results } = await looks.material(params.id);
    return readTrainingCourse(store, id, results);
  });

  /** Only frames that the iteration has are looked for: a worker would read any other. */
  async function pictureOf(material: Material, name: string): Promise<Uint8Array> {
    const { rows } = await listFrames(manifests, material);
    const row = rows.find((one) => one.name === name);
    if (row === undefined || row.forgotten) throw unknownFrame(name, row?.forgotten === true);
    const { images } = material.input;
    const { connection } = material.place;
    const task = material.results.task ?? null;
    const stored = await storedPicture(store, { connection, task, images, name });
    if (stored !== null) return stored;
    return looks.picture({ connection, taskId: task?.taskId ?? null, name, frame: row.frame, images });
  }
}
