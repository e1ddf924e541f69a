import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentOf, exported, filesOf, MASKS, pixelAt, shape } from './export-talk.ts';
import { importDocument } from './import-document.ts';
import { at, listAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { startFast, type Fast, type Person } from './talk.ts';

const LABELS = [
  { name: 'cup', color: '#ff0000' },
  { name: 'dish', color: '#00ff00' },
  { name: 'bowl', color: '#0000ff' },
];

let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
beforeAll(async () => {
  fast = await startFast({ exportMs: 2 });
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: ['0.png', '1.png', '2.png', '3.png', '4.png', '5.png'], labels: LABELS });
  task = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

const label = (name: string) => made.labels.get(name);
const put = (annotations: object) => admin.call('PUT', `${task}/annotations`, { json: annotations });
const annotations = async () => listAt(await documentOf(await exported(admin, task)), 'annotations');

/** A filled mask of 10 by 10 pixels. */
const square = (left: number, top: number) => [0, 100, left, top, left + 9, top + 9];

describe('a COCO export', () => {
  it('writes a mask as uncompressed RLE that is marked as a crowd', async () => {
    await put({ shapes: [shape('mask', 0, label('dish'), [1, 1, 1, 3, 10, 20, 12, 21])] });
    expect(await annotations()).toEqual([
      {
        id: 1,
        image_id: 1,
        category_id: 2,
        segmentation: { size: [64, 96], counts: [661, 1, 62, 2, 63, 1, 5354] },
        area: 4,
        bbox: [10, 20, 3, 2],
        iscrowd: 1,
        attributes: { occluded: false },
      },
    ]);
  });

  it('writes numbers as Python does, on one line', async () => {
    await put({ shapes: [shape('rectangle', 0, label('cup'), [5, 5, 25, 15])] });
    const file = (await filesOf(await exported(admin, task))).get('annotations/instances_default.json')?.toString();
    expect(file).toContain('"segmentation": [], "area": 200.0, "bbox": [5.0, 5.0, 20.0, 10.0], "iscrowd": 0, ');
    expect(file).not.toContain('\n');
  });

  it('gives a turned rectangle the box that it had before it was turned', async () => {
    await put({ shapes: [shape('rectangle', 0, label('cup'), [10, 10, 40, 30], { rotation: 30 })] });
    expect(await annotations()).toMatchObject([
      { segmentation: [], bbox: [10, 10, 30, 20], attributes: { occluded: false, rotation: 30 } },
    ]);
  });

  it('draws an ellipse one pixel beyond its edge, as the real one was recorded to', async () => {
    await put({ shapes: [shape('ellipse', 0, label('cup'), [30, 20, 45, 10])] });
    expect(await annotations()).toMatchObject([{ area: 515, bbox: [15, 10, 31, 21], iscrowd: 1 }]);
  });

  it('leaves out lines, points and tags but lists their frames', async () => {
    await put({
      shapes: [shape('polyline', 0, label('cup'), [5, 5, 20, 20]), shape('points', 1, label('cup'), [5, 5])],
      tags: [{ frame: 2, label_id: label('cup') }],
    });
    expect(await annotations()).toEqual([]);
    expect(listAt(await documentOf(await exported(admin, task)), 'images')).toHaveLength(6);
  });

  it('makes one annotation of a group: rings of polygons, but the union of masks, and of masks with polygons', async () => {
    await put({
      shapes: [
        shape('polygon', 0, label('cup'), [5, 5, 15, 5, 15, 15, 5, 15], { group: 7 }),
        shape('polygon', 0, label('cup'), [30, 20, 50, 20, 50, 30], { group: 7 }),
        shape('mask', 1, label('cup'), square(5, 5), { group: 3 }),
        shape('mask', 1, label('cup'), square(10, 5), { group: 3 }),
        shape('mask', 2, label('cup'), square(5, 5), { group: 4 }),
        shape('polygon', 2, label('cup'), [30, 5, 40, 5, 40, 15, 30, 15], { group: 4 }),
        shape('mask', 3, label('cup'), square(5, 5), { group: 5 }),
        shape('mask', 3, label('dish'), square(5, 5), { group: 5 }),
      ],
    });
    const found = await annotations();
    expect(found.map((one) => [at(one, 'image_id'), at(one, 'area'), at(one, 'iscrowd')])).toEqual([
      [1, 200, 0],
      [2, 150, 1],
      [3, 200, 1],
      [4, 100, 1],
      [4, 100, 1],
    ]);
    expect(listAt(found[0], 'segmentation')).toHaveLength(2);
  });

  it('makes an annotation of each rectangle, grouped or not', async () => {
    await put({
      shapes: [
        shape('rectangle', 0, label('cup'), [5, 5, 15, 15], { group: 7 }),
        shape('rectangle', 0, label('cup'), [30, 20, 50, 30], { group: 7 }),
      ],
    });
    const found = await annotations();
    expect(found.map((one) => [at(one, 'bbox'), at(one, 'segmentation')])).toEqual([
      [[5, 5, 10, 10], []],
      [[30, 20, 20, 10], []],
    ]);
  });

  it('orders what overlaps by height and then by id, and writes it whole', async () => {
    await put({
      shapes: [
        shape('mask', 0, label('cup'), square(5, 5), { z_order: 1 }),
        shape('mask', 0, label('dish'), square(5, 5)),
        shape('mask', 0, label('bowl'), square(5, 5)),
      ],
    });
    const found = await annotations();
    expect(found.map((one) => [at(one, 'category_id'), at(one, 'area')])).toEqual([
      [2, 100],
      [3, 100],
      [1, 100],
    ]);
  });

  it('draws a track on every frame up to its end, and an import of the file makes the track again', async () => {
    const key = (frame: number, left: number, outside = false) => ({
      type: 'polygon',
      frame,
      outside,
      points: [left, 30, left + 8, 30, left + 8, 40, left, 40],
    });
    await put({ tracks: [{ frame: 0, label_id: label('bowl'), shapes: [key(0, 2), key(2, 22), key(4, 22, true)] }] });
    const archive = await exported(admin, task);
    const found = listAt(await documentOf(archive), 'annotations');
    expect(found.map((one) => [at(one, 'image_id'), at(one, 'bbox', 0), at(one, 'attributes')])).toEqual([
      [1, 2, { occluded: false, track_id: 0, keyframe: true }],
      [2, 12, { occluded: false, track_id: 0, keyframe: false }],
      [3, 22, { occluded: false, track_id: 0, keyframe: true }],
      [4, 22, { occluded: false, track_id: 0, keyframe: false }],
    ]);
    await importDocument(admin, task, await documentOf(archive));
    const { json } = await admin.call('GET', `${task}/annotations`);
    expect(listAt(json, 'shapes')).toEqual([]);
    expect(listAt(json, 'tracks', 0, 'shapes').map((one) => [at(one, 'frame'), at(one, 'outside')])).toEqual([
      [0, false],
      [2, false],
      [3, false],
      [4, true],
    ]);
  });
});

describe('a mask export', () => {
  const paint = async () => filesOf(await exported(admin, task, MASKS));

  it('paints the higher over the lower, and the later over the earlier of the same height', async () => {
    const pair = (frame: number, cup: number, dish: number) => [
      shape('mask', frame, label('cup'), square(5, 5), { z_order: cup }),
      shape('mask', frame, label('dish'), square(10, 5), { z_order: dish }),
    ];
    await put({ shapes: [...pair(0, 0, 1), ...pair(1, 1, 0), ...pair(2, 0, 0)] });
    const files = await paint();
    const overlap = (frame: number) => pixelAt(files.get(`SegmentationClass/${frame}.png`), 12, 8);
    expect([overlap(0), overlap(1), overlap(2)]).toEqual(['0,255,0', '255,0,0', '0,255,0']);
    expect(pixelAt(files.get('SegmentationClass/0.png'), 0, 0)).toBe('0,0,0');
    expect(pixelAt(files.get('SegmentationClass/1.png'), 17, 8)).toBe('0,255,0');
  });

  it('fills all areas, numbers their instances in the palette of VOC and takes a group for one', async () => {
    await put({
      shapes: [
        shape('polygon', 0, label('cup'), [0, 0, 10, 0, 10, 10, 0, 10], { group: 2 }),
        shape('mask', 0, label('cup'), square(20, 0), { group: 2 }),
        shape('rectangle', 0, label('dish'), [40, 0, 50, 10]),
        shape('ellipse', 0, label('bowl'), [70, 10, 75, 5]),
      ],
    });
    const files = await paint();
    const colors = [5, 25, 45, 70].map((x) => pixelAt(files.get('SegmentationObject/0.png'), x, x === 70 ? 10 : 5));
    expect(colors).toEqual(['128,0,0', '128,0,0', '0,128,0', '128,128,0']);
  });

  it('lists frames without anything but draws none, and does not even list one with a line alone', async () => {
    await put({
      shapes: [shape('mask', 0, label('cup'), square(5, 5)), shape('polyline', 1, label('cup'), [5, 5, 20, 20])],
    });
    const files = await paint();
    expect([...files.keys()]).toEqual([
      'labelmap.txt',
      'SegmentationObject/0.png',
      'SegmentationClass/0.png',
      'ImageSets/Segmentation/default.txt',
    ]);
    expect(files.get('ImageSets/Segmentation/default.txt')?.toString()).toBe('0\n2\n3\n4\n5\n');
  });

  it('explains the colours by name, the background among them', async () => {
    const map = (await paint()).get('labelmap.txt')?.toString();
    const lines = ['background:0,0,0::', 'bowl:0,0,255::', 'cup:255,0,0::', 'dish:0,255,0::'];
    expect(map).toBe(['# label:color_rgb:parts:actions', ...lines, ''].join('\n'));
  });
});
