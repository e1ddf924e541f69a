import { at, textAt } from './json-at.ts';
import { waitFor, type Answer, type Person } from './talk.ts';

/** A mask of a filled box as uncompressed RLE. */
export function boxRle(box: { x: number; y: number; w: number; h: number }, width = 96, height = 64) {
  const counts = [box.x * height + box.y];
  for (let column = 0; column < box.w; column += 1) {
    counts.push(box.h);
    const isLast = column === box.w - 1;
    counts.push(isLast ? (width - box.x - box.w) * height + height - box.y - box.h : height - box.h);
  }
  return { size: [height, width], counts };
}

/** Points of the mask that {@link boxRle} becomes. */
export function boxPoints(box: { x: number; y: number; w: number; h: number }): number[] {
  return [0, box.w * box.h, box.x, box.y, box.x + box.w - 1, box.y + box.h - 1];
}

export const BOX = { x: 10, y: 20, w: 5, h: 4 };

/** A COCO document with one box a frame, of the first category. */
export function coco(names: readonly string[], change: { categories?: readonly object[]; annotation?: object } = {}) {
  return {
    info: { description: 'test' },
    licenses: [],
    categories: change.categories ?? [
      { id: 1, name: 'GrabberA' },
      { id: 2, name: 'Scissor' },
    ],
    images: names.map((name, index) => ({ id: index + 1, file_name: name, width: 96, height: 64 })),
    annotations: names.map((_, index) => ({
      id: index + 1,
      image_id: index + 1,
      category_id: 1,
      iscrowd: 0,
      area: 20,
      bbox: [10, 20, 5, 4],
      segmentation: boxRle(BOX),
      ...change.annotation,
    })),
  };
}

const TUS = { 'tus-resumable': '1.0.0' };

/** Makes an upload and returns the answer; `Upload-Filename` names it. */
export function createUpload(person: Person, room: string, length: number | string): Promise<Answer> {
  return person.call('POST', `${room}/annotations/`, { headers: { ...TUS, 'upload-length': String(length) } });
}

/** Sends a piece of an upload. */
export function sendPiece(person: Person, location: string, offset: number, bytes: Uint8Array): Promise<Answer> {
  return person.call('PATCH', new URL(location).pathname, {
    headers: { ...TUS, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
    body: Buffer.from(bytes),
  });
}

/** Uploads a document whole and returns the name to ask for its import by. */
export async function upload(person: Person, room: string, document: unknown): Promise<string> {
  const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  const made = await createUpload(person, room, bytes.length);
  await sendPiece(person, made.headers.get('location') ?? '', 0, bytes);
  return made.headers.get('upload-filename') ?? '';
}

/** Asks for the import of an uploaded file. */
export function finish(person: Person, room: string, file: string, extra = ''): Promise<Answer> {
  const path = `${room}/annotations?format=COCO+1.0&filename=${file}${extra}`;
  return person.call('POST', path, { headers: { 'upload-finish': '' } });
}

/**
 * Imports a document and returns the ended request.
 *
 * @param room `/api/tasks/1` or `/api/jobs/1`
 */
export async function importDocument(person: Person, room: string, document: unknown, extra = ''): Promise<unknown> {
  const begun = await finish(person, room, await upload(person, room, document), extra);
  return waitFor(person, textAt(begun.json, 'rq_id'));
}

/** The message of the failed import of a document. */
export async function failureOf(person: Person, room: string, document: unknown): Promise<unknown> {
  return at(await importDocument(person, room, document), 'message');
}
