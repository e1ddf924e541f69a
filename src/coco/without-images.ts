import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';
import { jsonPieces, type JsonPiece } from './dataset/json-pieces.ts';

/** Text is gathered to about this length before it becomes bytes, in UTF-16 units. */
const GATHERED = 2 ** 16;

const imageSchema = z.looseObject({ id: z.number() });
const annotationSchema = z.looseObject({ image_id: z.number() });

/**
 * The same document without some images and their annotations; everything else stays, order and ids as well. The same bytes
 * and images always give the same bytes. It is read and written item by item: as one text it could have no more than 2^29
 * characters.
 *
 * @param where name of the document, for messages
 * @throws MaskloopError `InvalidDataset`
 */
export function withoutImages(bytes: Uint8Array, imageIds: ReadonlySet<number>, where: string): Uint8Array {
  const lists = new Set<string>();
  const chunks: Buffer[] = [];
  let [text, separator, close] = ['{', '', ''];
  for (const piece of jsonPieces(bytes, where)) {
    const name = JSON.stringify(piece.member);
    if (piece.kind === 'item') {
      if (!isKept(piece, imageIds, where)) continue;
      text += separator + JSON.stringify(piece.value);
      separator = ',';
    } else {
      text += `${close}${chunks.length === 0 && text === '{' ? '' : ','}${name}:`;
      text += piece.kind === 'list' ? '[' : JSON.stringify(piece.value);
      [separator, close] = ['', piece.kind === 'list' ? ']' : ''];
      if (piece.kind === 'list') lists.add(piece.member);
    }
    if (text.length >= GATHERED) {
      chunks.push(Buffer.from(text));
      text = '';
    }
  }
  if (!lists.has('images') || !lists.has('annotations')) throw noDocument(where);
  return Buffer.concat([...chunks, Buffer.from(`${text}${close}}`)]);
}

function isKept(
  { member, value }: Extract<JsonPiece, { kind: 'item' }>,
  imageIds: ReadonlySet<number>,
  where: string,
): boolean {
  if (member === 'images') {
    const image = imageSchema.safeParse(value);
    if (!image.success) throw noDocument(where);
    return !imageIds.has(image.data.id);
  }
  if (member !== 'annotations') return true;
  const annotation = annotationSchema.safeParse(value);
  if (!annotation.success) throw noDocument(where);
  return !imageIds.has(annotation.data.image_id);
}

function noDocument(where: string): MaskloopError {
  return new MaskloopError('InvalidDataset', `${where} is no COCO document.`, { facts: { file: where } });
}
