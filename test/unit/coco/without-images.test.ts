import { describe, expect, it } from '@jest/globals';
import { withoutImages } from '../../../src/coco/without-images.ts';

const document = {
  info: { description: 'ü' },
  images: [
    { id: 3, file_name: 'c' },
    { id: 1, file_name: 'a', extra: [1.5] },
  ],
  annotations: [
    { id: 9, image_id: 1, attributes: { source: 'auto' } },
    { id: 8, image_id: 3 },
  ],
  categories: [{ id: 1, name: 'tool' }],
};
const bytes = Buffer.from(JSON.stringify(document, null, 1));

describe('a document without some images', () => {
  it('keeps everything else as it is, with its ids', () => {
    const left = JSON.parse(Buffer.from(withoutImages(bytes, new Set([3]), 'x')).toString()) as unknown;
    expect(left).toEqual({ ...document, images: [document.images[1]], annotations: [document.annotations[0]] });
  });

  it('has the same bytes every time', () => {
    const once = withoutImages(bytes, new Set([1, 3]), 'x');
    expect(Buffer.from(withoutImages(bytes, new Set([3, 1]), 'x'))).toEqual(Buffer.from(once));
  });

  it('is refused of something else', () => {
    expect(() => withoutImages(Buffer.from('{}'), new Set(), 'store:x')).toThrow('store:x is no COCO document.');
  });
});
