import { z } from 'zod';
import { MaskloopError } from '../contracts/error.ts';

const documentSchema = z.looseObject({
  images: z.array(z.looseObject({ id: z.number() })),
  annotations: z.array(z.looseObject({ image_id: z.number() })),
});

/**
 * The same document without some images and their annotations; everything else stays, ids as well. The same bytes and
 * images always give the same bytes.
 *
 * @param where name of the document, for messages
 * @throws MaskloopError `InvalidDataset`
 */
export function withoutImages(bytes: Uint8Array, imageIds: ReadonlySet<number>, where: string): Uint8Array {
  const parsed = documentSchema.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success) {
    throw new MaskloopError('InvalidDataset', `${where} is no COCO document.`, { facts: { file: where } });
  }
  const { images, annotations, ...rest } = parsed.data;
  const kept = {
    ...rest,
    images: images.filter(({ id }) => !imageIds.has(id)),
    annotations: annotations.filter(({ image_id }) => !imageIds.has(image_id)),
  };
  return Buffer.from(JSON.stringify(kept));
}
