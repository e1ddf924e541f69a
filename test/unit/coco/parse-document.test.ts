import { describe, expect, it, jest } from '@jest/globals';
import { parseCocoDocument } from '../../../src/coco/parse-document.ts';
import { failureOf } from './failure-of.ts';

function sound() {
  return {
    images: [{ id: 1, file_name: 'a.png', width: 3, height: 2 }],
    annotations: [
      {
        id: 1,
        image_id: 1,
        category_id: 2,
        segmentation: { size: [2, 3], counts: '221O' },
        area: 3,
        bbox: [1, 0, 2, 2],
        iscrowd: 0,
      } as Record<string, unknown>,
    ],
    categories: [{ id: 2, name: 'needle', isthing: 1 }],
    info: { description: 'Dataset for T with segmentation masks' },
    licenses: [],
  };
}

function parse(document: unknown) {
  return parseCocoDocument(Buffer.from(JSON.stringify(document)), 'T.json');
}

/** The sound document with some members of its annotation replaced. */
function withAnnotation(members: Record<string, unknown>) {
  const document = sound();
  Object.assign(document.annotations[0]!, members);
  return document;
}

describe('parseCocoDocument', () => {
  it('returns a sound document as it is, further members of categories included', () => {
    expect(parse(sound())).toEqual(sound());
    const marked = withAnnotation({ attributes: { source: 'auto' } });
    expect(parse(marked)).toEqual(marked);
  });

  it.each<[string, unknown]>([
    ['an annotation without image', withAnnotation({ image_id: 2 })],
    ['an annotation without category', withAnnotation({ category_id: 1 })],
    ['two annotations of one id', { ...sound(), annotations: [...sound().annotations, ...sound().annotations] }],
    ['two images of one id', { ...sound(), images: [...sound().images, ...sound().images] }],
    ['runs that are a list', withAnnotation({ segmentation: { size: [2, 3], counts: [2, 2, 1, 1] } })],
    ['a crowd', withAnnotation({ iscrowd: 1 })],
    ['a box of three sides', withAnnotation({ bbox: [1, 2, 3] })],
    ['no categories', { ...sound(), categories: undefined }],
    ['a list', []],
  ])('refuses %s', async (_, document) => {
    expect(await failureOf(() => parse(document))).toMatchObject({ code: 'InvalidDataset', facts: { file: 'T.json' } });
  });

  it.each<[string, unknown]>([
    ['runs that cover too little', withAnnotation({ segmentation: { size: [2, 3], counts: '221' } })],
    ['runs that cover too much', withAnnotation({ segmentation: { size: [2, 3], counts: '2212' } })],
    ['runs of another size than the image', withAnnotation({ segmentation: { size: [3, 2], counts: '221O' } })],
    ['runs that do not hold the area', withAnnotation({ area: 4 })],
    ['runs that cannot be unpacked', withAnnotation({ segmentation: { size: [2, 3], counts: '22 1' } })],
  ])('refuses %s and names the annotation', async (_, document) => {
    const failure = await failureOf(() => parse(document));
    expect(failure).toMatchObject({ code: 'InvalidRle', facts: { file: 'T.json', annotation: 1 } });
  });

  it('reads the document piece by piece, never as one text', () => {
    const bytes = Buffer.from(JSON.stringify({ ...sound(), padding: ['x'.repeat(4096), 'x'.repeat(4096)] }));
    const decode = jest.spyOn(TextDecoder.prototype, 'decode');
    try {
      expect(parseCocoDocument(bytes, 'T.json')).toEqual(sound());
      const longest = Math.max(...decode.mock.calls.map(([piece]) => piece?.byteLength ?? 0));
      expect(longest).toBe(4096 + 2);
    } finally {
      decode.mockRestore();
    }
  });

  it('refuses bytes that are not JSON or not UTF-8', async () => {
    for (const bytes of [Buffer.from('{'), Buffer.from([0x22, 0xff, 0x22])]) {
      expect((await failureOf(() => parseCocoDocument(bytes, 'T.json'))).code).toBe('InvalidDataset');
    }
  });
});
