import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { BOX, boxPoints, boxRle, coco, failureOf, importDocument } from './import-document.ts';
import { at, listAt, textAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { expectAsRecorded } from './recorded-answers.ts';
import { startFast, type Fast, type Person } from './talk.ts';

const FRAMES = ['frame_000000.png', 'frame_000001.png', 'frame_000002.png', 'frame_000003.png'];

let fast: Fast;
let admin: Person;
let made: MadeTask;
let room: string;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
  room = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

async function shapes(where = room): Promise<readonly unknown[]> {
  return listAt((await admin.call('GET', `${where}/annotations`)).json, 'shapes');
}

describe('a COCO import', () => {
  it('turns RLE into masks of the frames named alike, whatever the extension', async () => {
    const ended = await importDocument(admin, room, coco(['frame_000001.jpg', 'frame_000003']));
    expect(ended).toMatchObject({ status: 'finished', message: '' });
    const label_id = made.labels.get('GrabberA');
    const common = { type: 'mask', label_id, group: 0, source: 'file', score: 1, points: boxPoints(BOX) };
    expect(await shapes()).toMatchObject([
      { ...common, frame: 1 },
      { ...common, frame: 3 },
    ]);
    expectAsRecorded(await admin.call('GET', `${room}/annotations`), '5-import-rle-conv-false', 'GET', (recorded) =>
      recorded.path.endsWith('/annotations'),
    );
    expect(await shapes(`/api/jobs/${made.jobs[1] ?? 0}`)).toMatchObject([{ frame: 3 }]);
  });

  it('replaces everything the task held, also on frames it does not name, under new ids', async () => {
    await importDocument(admin, room, coco(FRAMES));
    const before = (await shapes()).map((shape) => at(shape, 'id'));
    await importDocument(admin, room, coco(FRAMES.slice(2, 3)));
    const after = await shapes();
    expect(after).toHaveLength(1);
    expect(before).not.toContain(at(after[0], 'id'));
    await importDocument(admin, room, { ...coco([]), images: [] });
    expect(await shapes()).toEqual([]);
  });

  it('adds to what is there in append mode, and knows no third mode', async () => {
    await importDocument(admin, room, coco(FRAMES.slice(0, 1)));
    await importDocument(admin, room, coco(FRAMES.slice(0, 2)), '&import_mode=append');
    expect((await shapes()).map((shape) => at(shape, 'frame'))).toEqual([0, 0, 1]);
  });

  it('honours source, score and occlusion, and drops attributes that the label lacks', async () => {
    const annotation = { score: 0.5, attributes: { source: 'auto', occluded: true, colour: 'red' } };
    await importDocument(admin, room, coco(FRAMES.slice(0, 1), { annotation }));
    expect(await shapes()).toMatchObject([{ source: 'auto', score: 0.5, occluded: true, attributes: [] }]);
  });

  it('turns rings into polygons of one group, and bare boxes into rectangles', async () => {
    const ring = [1, 1, 9, 1, 9, 9];
    await importDocument(admin, room, coco(FRAMES.slice(0, 1), { annotation: { segmentation: [ring, ring] } }));
    const polygons = await shapes();
    expect(polygons).toMatchObject([{ type: 'polygon' }, { type: 'polygon' }]);
    expect(polygons.map((shape) => at(shape, 'group'))).toEqual([1, 1]);
    await importDocument(admin, room, coco(FRAMES.slice(0, 1), { annotation: { segmentation: [] } }));
    expect(await shapes()).toMatchObject([{ type: 'rectangle', points: [10, 20, 15, 24], group: 0 }]);
  });

  it('accepts an RLE of another size than the image, and puts the mask where it does not belong', async () => {
    const wide = { segmentation: boxRle(BOX, 106, 74) };
    expect(await importDocument(admin, room, coco(FRAMES.slice(0, 1), { annotation: wide }))).toMatchObject({
      status: 'finished',
    });
    expect(await shapes()).toMatchObject([{ points: boxPoints(BOX) }]);
  });

  it('does not change the state of any job', async () => {
    const job = `/api/jobs/${made.jobs[0] ?? 0}`;
    await admin.call('PATCH', job, { json: { state: 'completed' } });
    await importDocument(admin, room, coco(FRAMES));
    expect((await admin.call('GET', job)).json).toMatchObject({ state: 'completed', stage: 'annotation' });
  });

  it('takes a form with the file as well', async () => {
    const form = new FormData();
    form.set('annotation_file', new Blob([JSON.stringify(coco(FRAMES.slice(0, 1)))]), 'x.json');
    const begun = await admin.call('POST', `${room}/annotations?format=COCO+1.0`, { body: form });
    expect(begun.status).toBe(202);
    expect(textAt(begun.json, 'rq_id')).toBe(
      `action=import&target=task&target_id=${made.task}&subresource=annotations`,
    );
  });
});

describe('a failing COCO import', () => {
  const category = (name: string) => ({ categories: [{ id: 1, name }] });
  const some = FRAMES.slice(0, 1);
  const error = (text: string) => `cvat.apps.dataset_manager.bindings.CvatImportError: ${text}\n`;
  const inFrame = (text: string) => error(`Image frame_000000: can't import annotation #0 (mask): ${text}`);
  const inItem = (text: string) => error(`Failed to import item (1, 'default') annotation: ${text}`);
  const inFile = (text: string) =>
    expect.stringMatching(
      new RegExp(`^cvat.*CvatImportError: Failed to import dataset 'coco_instances' at '.*': ${text}\n$`),
    );

  const CASES: readonly (readonly [string, unknown, unknown])[] = [
    ['unknown category', coco(some, category('Nope')), inFrame("Label 'Nope' is not registered for this task")],
    [
      'category in another case',
      coco(some, category('grabbera')),
      inFrame("Label 'grabbera' is not registered for this task"),
    ],
    ['category 0', coco(some, { annotation: { category_id: 0 } }), inFrame('annotation has no label')],
    [
      'corrupt RLE',
      coco(some, { annotation: { segmentation: { size: [64, 96], counts: '!!!not rle' } } }),
      inFrame('Invalid RLE mask representation'),
    ],
    [
      'RLE too short for itself',
      coco(some, { annotation: { segmentation: { size: [64, 96], counts: [5, 5] } } }),
      inFrame('Invalid RLE mask representation'),
    ],
    ['undeclared category', coco(some, { annotation: { category_id: 99 } }), inItem("Undeclared label '99'")],
    [
      'no segmentation',
      coco(some, { annotation: { segmentation: undefined } }),
      inItem("Missing annotation field 'segmentation'"),
    ],
    [
      'short polygon',
      coco(some, { annotation: { segmentation: [[1, 1, 2, 2]] } }),
      inItem('Polygon has invalid value count 4. Expected at least 3 \\(x, y\\) pairs.'.replaceAll('\\', '')),
    ],
    ['unknown image id', coco(some, { annotation: { image_id: 77 } }), error("Unknown image id '77'")],
    ['unknown file', coco([...some, 'other_0.png']), error("Could not match item id: 'other_0' with any task frame")],
    ['malformed JSON', '{"images": [', inFile(String.raw`unexpected end of data: line 1 column 13 \(char 12\)`)],
    ['not COCO', '{}', inFile("Missing annotation field 'categories'")],
    ['a list', '[]', inFile("Missing annotation field 'categories'")],
  ];

  it.each(CASES)('says why and leaves everything as it was: %s', async (_name, document, message) => {
    await importDocument(admin, room, coco(FRAMES));
    const before = await admin.call('GET', `${room}/annotations`);
    expect(await failureOf(admin, room, document)).toEqual(message);
    expect((await admin.call('GET', `${room}/annotations`)).json).toEqual(before.json);
  });

  it('into a job refuses images of other jobs, even without annotations', async () => {
    const job = `/api/jobs/${made.jobs[1] ?? 0}`;
    await importDocument(admin, room, coco(FRAMES));
    expect(await failureOf(admin, job, { ...coco(['frame_000001.png']), annotations: [] })).toBe(
      error("Could not match item id: 'frame_000001' with any task frame"),
    );
    expect(await failureOf(admin, job, coco(['1.png']))).toContain("item id: '1'");
    expect(await importDocument(admin, job, coco(['3.png']))).toMatchObject({
      status: 'finished',
      operation: { target: 'job', job_id: made.jobs[1], task_id: made.task },
    });
    expect((await shapes()).map((shape) => at(shape, 'frame'))).toEqual([0, 1, 3]);
  });
});
