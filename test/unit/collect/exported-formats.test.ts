import { describe, expect, it } from '@jest/globals';
import { PNG } from 'pngjs';
import { exportedImages, parseExportedCoco } from '../../../src/collect/exported-coco.ts';
import { colourTable, readExportedMask } from '../../../src/collect/exported-masks.ts';

const CATEGORIES: Readonly<Record<string, number>> = { cup: 4, 'a:b': 7 };
const categoryOf = (name: string): number | null => CATEGORIES[name] ?? null;

function coco(...segmentations: readonly unknown[]): Uint8Array {
  const annotations = segmentations.map((segmentation, i) => ({ image_id: 3, category_id: 1 + (i % 2), segmentation }));
  const categories = [
    { id: 1, name: 'cup' },
    { id: 2, name: 'other' },
  ];
  const images = [{ id: 3, file_name: 'a.png', width: 4, height: 3 }];
  return Buffer.from(JSON.stringify({ categories, images, annotations }));
}

describe('a COCO export', () => {
  it('is painted in its order: runs down the columns, rings, and no pixels for a box alone', () => {
    const square = [1, 0, 3, 0, 3, 2, 1, 2];
    const document = parseExportedCoco(coco({ counts: [0, 6, 6], size: [3, 4] }, [square], []));
    const images = exportedImages(document, categoryOf);
    expect(images).toMatchObject({ names: ['a.png'], withoutSegmentation: 1 });
    // The second annotation is of a class that has no category: it covers the first with nothing.
    expect([...(images.paint('a.png') ?? [])]).toEqual([4, 0, 0, 0, 4, 0, 0, 0, 4, 4, 0, 0]);
    expect(images.paint('b.png')).toBeNull();
  });

  it('is refused if it is something else, or its runs do not fit', () => {
    for (const bytes of [Buffer.from('{'), Buffer.from('{}'), coco('text')]) {
      expect(() => parseExportedCoco(bytes)).toThrow(expect.objectContaining({ code: 'ArchiveRefused' }));
    }
    const images = exportedImages(parseExportedCoco(coco({ counts: [0, 13], size: [3, 4] })), categoryOf);
    expect(() => images.paint('a.png')).toThrow(expect.objectContaining({ code: 'InvalidRle' }));
  });
});

describe('an export of masks', () => {
  const colours = colourTable(
    '# label:color_rgb:parts:actions\na:b:9,8,7::\nbackground:0,0,0::\ncup:1,2,3::\n',
    categoryOf,
  );
  const frame = { name: 'a.png', width: 2, height: 1 };

  function picture(width: number, height: number): Buffer {
    const png = new PNG({ width, height });
    png.data.fill(0xff);
    png.data.set([1, 2, 3, 255, 9, 8, 7, 255]);
    return PNG.sync.write(png, { colorType: 2 });
  }

  it('explains its colours by name, also by one with a colon', () => {
    expect([...colours]).toEqual([
      ['9,8,7', 7],
      ['1,2,3', 4],
    ]);
    expect([...readExportedMask(picture(2, 1), frame, colours)]).toEqual([4, 7]);
  });

  it('is refused for a picture of another size before it is unpacked, and for one that is cut', () => {
    const huge = picture(2, 1);
    huge.writeUInt32BE(60_000, 16);
    for (const bytes of [picture(2, 2), huge, Buffer.from('no picture'), picture(2, 1).subarray(0, 50)]) {
      expect(() => readExportedMask(bytes, frame, colours)).toThrow(
        expect.objectContaining({ code: 'ArchiveRefused' }),
      );
    }
  });
});
