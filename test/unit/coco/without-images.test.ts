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

  it('is whole over many pieces, with lists that become empty and members of every kind', () => {
    const images = Array.from({ length: 3000 }, (_, id) => ({ id, file_name: `käse/${id}.png` }));
    const annotations = images.flatMap(({ id }) =>
      [0, 1].map((n) => ({ id: 2 * id + n, image_id: id, counts: '0'.repeat(n * 90) })),
    );
    const large = { licenses: [], info: { a: [1] }, images, x: null, annotations, last: 'é' };
    const text = Buffer.from(JSON.stringify(large, null, 2));
    const parsed = (ids: readonly number[]) =>
      JSON.parse(Buffer.from(withoutImages(text, new Set(ids), 'x')).toString()) as unknown;
    const odd = images.map(({ id }) => id).filter((id) => id % 2 === 1);
    const even = {
      images: images.filter(({ id }) => id % 2 === 0),
      annotations: annotations.filter((one) => one.image_id % 2 === 0),
    };
    expect(parsed(odd)).toEqual({ ...large, ...even });
    expect(parsed(images.map(({ id }) => id))).toEqual({ ...large, images: [], annotations: [] });
    expect(parsed([])).toEqual(large);
  });

  it('is refused of something else', () => {
    for (const text of ['{}', '{"images":[],"annotations":{}}', '{"images":[{}],"annotations":[]}']) {
      expect(() => withoutImages(Buffer.from(text), new Set(), 'store:x')).toThrow('store:x is no COCO document.');
    }
    expect(() => withoutImages(Buffer.from('[]'), new Set(), 'store:x')).toThrow('store:x is not a COCO document');
  });
});
