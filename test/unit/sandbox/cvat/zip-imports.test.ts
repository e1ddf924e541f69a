import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { writeZip } from '../../../../src/sandbox/cvat/media/zip.ts';
import { exported } from './export-talk.ts';
import { coco, createUpload, finish, sendPiece } from './import-document.ts';
import { ascending, at, listAt, textAt } from './json-at.ts';
import { makeTask, pngHeader, type MadeTask } from './make-task.ts';
import { idOf, startFast, waitFor, type Fast, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png'];

let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
beforeAll(async () => {
  fast = await startFast({ exportMs: 2 });
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: FRAMES });
  task = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

type Files = Readonly<Record<string, unknown>>;

function pack(files: Files): Promise<Buffer> {
  const entries = Object.entries(files).map(([name, content]) => ({
    name,
    bytes: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  }));
  return writeZip(entries, new Date());
}

async function importBytes(bytes: Uint8Array): Promise<unknown> {
  const begun = await createUpload(admin, task, bytes.length);
  await sendPiece(admin, begun.headers.get('location') ?? '', 0, bytes);
  const asked = await finish(admin, task, begun.headers.get('upload-filename') ?? '');
  return waitFor(admin, textAt(asked.json, 'rq_id'));
}

const framesOfShapes = async () => {
  const { json } = await admin.call('GET', `${task}/annotations`);
  return ascending(listAt(json, 'shapes').map((one) => at(one, 'frame')));
};

describe('an archive of annotations', () => {
  it.each([
    ['the usual layout', { 'annotations/instances_default.json': coco(FRAMES) }],
    ['a folder around it', { 'top/annotations/instances_default.json': coco(FRAMES) }],
    ['images beside it', { 'annotations/instances_x.json': coco(FRAMES), 'images/default/a.png': 'png' }],
    [
      'a document for each subset',
      { 'annotations/instances_train.json': coco(['a.png']), 'annotations/instances_val.json': coco(['b.png']) },
    ],
  ])('is imported with %s', async (_, files) => {
    expect(await importBytes(await pack(files))).toMatchObject({ status: 'finished', message: '' });
    expect(await framesOfShapes()).toEqual([0, 1]);
  });

  it.each([
    ['a document at the top', { 'coco.json': coco(FRAMES) }],
    ['a document of another name', { 'annotations/default.json': coco(FRAMES) }],
    ['two folders around it', { 'a/b/annotations/instances_default.json': coco(FRAMES) }],
    ['nothing in it', {}],
  ])('fails with the names that are looked for, given %s', async (_, files) => {
    const kinds = ['instances', 'person_keypoints', 'captions', 'labels', 'image_info', 'panoptic', 'stuff'];
    const names = kinds.map((kind) => `"annotations/${kind}_*.json"`).join(' ');
    const docs = 'https://docs.cvat.ai/docs//manual/advanced/formats/format-coco';
    expect(await importBytes(await pack(files))).toMatchObject({
      status: 'failed',
      message: `cvat.apps.dataset_manager.bindings.CvatDatasetNotFoundError: Check [format docs](${docs}). Dataset must contain a file: ${names}\n`,
    });
  });

  it('fails with the folder it was unpacked to, where its document is no JSON', async () => {
    const ended = await importBytes(await pack({ 'annotations/instances_default.json': '{"images": ' }));
    expect(textAt(ended, 'message')).toMatch(
      /CvatImportError: Failed to import dataset 'coco_instances' at '\/home\/django\/data\/tmp\/tmp\w+': unexpected end of data/,
    );
  });

  it('is taken for a document that makes no sense if it is damaged', async () => {
    const whole = await pack({ 'annotations/instances_default.json': coco(FRAMES) });
    const ended = await importBytes(whole.subarray(0, whole.length - 30));
    const reason = "annotations/default.json': unexpected character: line 1 column 1 (char 0)\n";
    expect(textAt(ended, 'message')).toContain(reason);
  });

  it('may be an export, which is compressed nowhere and restores what it was made of', async () => {
    await importBytes(Buffer.from(JSON.stringify(coco(FRAMES))));
    const archive = await exported(admin, task);
    await admin.call('DELETE', `${task}/annotations`);
    expect(await importBytes(archive.bytes)).toMatchObject({ status: 'finished' });
    expect(await framesOfShapes()).toEqual([0, 1]);
  });
});

describe('an archive of images', () => {
  const send = async (name: string, bytes: Buffer) => {
    const empty = `/api/tasks/${idOf(await admin.call('POST', '/api/tasks', { json: { name: 'zip', project_id: made.project } }))}`;
    const form = new FormData();
    form.set('client_files[0]', new Blob([new Uint8Array(bytes)]), name);
    form.set('image_quality', '70');
    const begun = await admin.call('POST', `${empty}/data`, { body: form });
    const ended = await waitFor(admin, textAt(begun.json, 'rq_id'));
    const meta = await admin.call('GET', `${empty}/data/meta`);
    return { ended, names: meta.status === 200 ? listAt(meta.json, 'frames').map((frame) => at(frame, 'name')) : [] };
  };

  it('gives frames that keep their folders in their names', async () => {
    const image = pngHeader(8, 8);
    const bytes = await writeZip(
      ['case_001/b.png', 'case_001/a.png', 'c.png'].map((name) => ({ name, bytes: image })),
      new Date(),
    );
    expect((await send('frames.zip', bytes)).names).toEqual(['c.png', 'case_001/a.png', 'case_001/b.png'].toSorted());
  });

  it('fails where it holds something else', async () => {
    const { ended } = await send('frames.zip', await pack({ 'notes.txt': 'none' }));
    expect(textAt(ended, 'message')).toContain('PIL.UnidentifiedImageError');
  });
});
