import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { documentOf, exported, filesOf, shape } from './export-talk.ts';
import { coco, importDocument } from './import-document.ts';
import { at, listAt, textAt } from './json-at.ts';
import { makeTask, pngHeader, WIDTH, HEIGHT, type MadeTask } from './make-task.ts';
import { ask, logIn, read, startFast, waitFor, type Fast, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png', 'c.png', 'd.png'];

let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
beforeAll(async () => {
  fast = await startFast({ exportMs: 4 });
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
  task = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

const rqId = (room: string, subresource = 'annotations'): string => {
  const [, , kind = '', id] = room.split('/');
  return `action=export&target=${kind.slice(0, -1)}&target_id=${id}&user_id=1&format=COCO_1~0&subresource=${subresource}`;
};
const download = (room: string, id = rqId(room)) => `${room}/dataset/download?rq_id=${encodeURIComponent(id)}`;
const disposition = async (room: string, query?: string) =>
  (await exported(admin, room, query)).headers.get('content-disposition');

describe('an export', () => {
  it('ends in a request that says where its file lies, under an absolute address', async () => {
    const begun = await admin.call('POST', `${task}/dataset/export?format=COCO+1.0&save_images=false`);
    expect([begun.status, begun.json]).toEqual([202, { rq_id: rqId(task) }]);
    const ended = await waitFor(admin, rqId(task));
    expect(ended).toMatchObject({
      status: 'finished',
      operation: { type: 'export:annotations', target: 'task', task_id: made.task, job_id: null, format: 'COCO 1.0' },
      result_url: fast.cvat.url + download(task),
    });
    const day = Date.parse(textAt(ended, 'expiry_date')) - Date.parse(textAt(ended, 'finished_date'));
    expect(day).toBe(24 * 3600 * 1000);
  });

  it('is named after what was exported, its last change and the format, unless a name was given', async () => {
    const stamp = String(await read(admin, task, 'updated_date'))
      .slice(0, 19)
      .replaceAll(/[-T:]/g, '_');
    expect(await disposition(task)).toBe(`attachment; filename="task_${made.task}_annotations_${stamp}_coco 1.0.zip"`);
    const withImages = await disposition(task, 'format=Segmentation+mask+1.1&save_images=true');
    expect(withImages).toBe(`attachment; filename="task_${made.task}_dataset_${stamp}_segmentation mask 1.1.zip"`);
    expect(await disposition(task, 'format=COCO+1.0&filename=mine.zip')).toBe('attachment; filename="mine.zip"');
    const project = String(await disposition(`/api/projects/${made.project}`));
    expect(project).toContain(`"project_${made.project}_annotations_`);
    expect(String(await disposition(`/api/jobs/${made.jobs[0]}`))).toContain(`"job_${made.jobs[0]}_annotations_`);
  });

  it('is refused for formats that nobody knows, things that are absent and people without rights', async () => {
    const stranger = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    const url = `${task}/dataset/export`;
    const unknown = ['Unknown format specified for the request'];
    expect((await admin.call('POST', url)).json).toEqual(unknown);
    expect((await admin.call('POST', `${url}?format=COCO+9.9`)).json).toEqual(unknown);
    expect((await admin.call('GET', `${url}?format=COCO+1.0`)).status).toBe(405);
    const old = await admin.call('GET', `${task}/dataset?format=COCO+1.0`);
    expect([old.status, old.text.split('\n')[0]]).toEqual([410, 'This endpoint is no longer supported.']);
    expect((await admin.call('POST', '/api/tasks/99999/dataset/export?format=COCO+1.0')).status).toBe(404);
    expect((await stranger.call('POST', `${url}?format=COCO+1.0`)).status).toBe(403);
    expect((await ask(fast.cvat.url, 'POST', `${url}?format=COCO+1.0`)).status).toBe(401);
  });

  it('cannot be had in the old way any more, which is told in many words', async () => {
    for (const room of [task, `/api/jobs/${made.jobs[0]}`, `/api/projects/${made.project}`]) {
      const gone = await admin.call('GET', `${room}/dataset?format=COCO+1.0&action=download`);
      expect([gone.status, gone.text.split('\n')[0]]).toEqual([410, 'This endpoint is no longer supported.']);
    }
  });

  it('is a 409 while the same one is not finished, but not while another one is', async () => {
    const slow = await startFast({ exportMs: 200 });
    const own = await makeTask(slow.admin, { frames: FRAMES });
    const url = `/api/tasks/${own.task}/dataset/export?format=COCO+1.0`;
    expect((await slow.admin.call('POST', url)).status).toBe(202);
    const second = await slow.admin.call('POST', url);
    expect([second.status, at(second.json, 'rq_id')]).toEqual([409, rqId(`/api/tasks/${own.task}`)]);
    expect((await slow.admin.call('POST', `${url}&save_images=true`)).status).toBe(202);
    const early = await slow.admin.call('GET', download(`/api/tasks/${own.task}`));
    expect([early.status, early.text]).toEqual([400, 'The export process is not finished']);
    await slow.cvat.close();
  });
});

describe('a download', () => {
  it('needs the rights to what was exported and the id of an export', async () => {
    await exported(admin, task);
    const stranger = await logIn(fast.cvat.url, SANDBOX_ANNOTATOR);
    expect((await stranger.call('GET', download(task))).status).toBe(403);
    expect((await ask(fast.cvat.url, 'GET', download(task))).status).toBe(401);
    expect((await admin.call('GET', download(task, 'nope'))).json).toEqual(['Unexpected request id format']);
    expect((await admin.call('GET', `${task}/dataset/download`)).json).toEqual([
      'Missing request id in the query parameters',
    ]);
  });

  it('falls over when only its head is asked for', async () => {
    await exported(admin, task);
    expect((await admin.call('HEAD', download(task))).status).toBe(500);
    expect((await admin.call('GET', download(task))).headers.get('content-type')).toBe('application/zip');
  });

  it('keeps giving the old file after the annotations have changed, until the export is asked for again', async () => {
    const before = await exported(admin, task);
    await importDocument(admin, task, coco(FRAMES));
    const stale = await admin.call('GET', download(task));
    expect(stale.bytes.equals(before.bytes)).toBe(true);
    const count = async (archive: typeof stale) => listAt(await documentOf(archive), 'annotations').length;
    expect([await count(stale), await count(await exported(admin, task))]).toEqual([0, 4]);
  });
});

describe('what an export holds', () => {
  it('is the frames as they were uploaded if images are asked for, and none of them otherwise', async () => {
    const plain = await filesOf(await exported(admin, task));
    expect([...plain.keys()]).toEqual(['annotations/instances_default.json']);
    const full = await filesOf(await exported(admin, task, 'format=COCO+1.0&save_images=true'));
    expect([...full.keys()].filter((name) => name.startsWith('images/'))).toEqual(
      FRAMES.map((name) => `images/default/${name}`),
    );
    expect(full.get('images/default/a.png')).toEqual(pngHeader(WIDTH, HEIGHT));
  });

  it('is only the frames of a job for a job, and all tasks of a project for a project', async () => {
    await importDocument(admin, task, coco(FRAMES));
    const other = idOfTask(await makeSecondTask());
    const names = async (room: string) =>
      listAt(await documentOf(await exported(admin, room)), 'images').map((image) => at(image, 'file_name'));
    expect(await names(`/api/jobs/${made.jobs[1]}`)).toEqual(['c.png', 'd.png']);
    expect(await names(`/api/projects/${made.project}`)).toEqual([...FRAMES, 'z.png']);
    expect(await names(`/api/tasks/${other}`)).toEqual(['z.png']);
  });

  it('leaves deleted frames out with all that lies on them, and numbers the others without a gap', async () => {
    await importDocument(admin, task, coco(FRAMES));
    await admin.call('PATCH', `${task}/data/meta`, { json: { deleted_frames: [1] } });
    const document = await documentOf(await exported(admin, task));
    expect(listAt(document, 'images').map((image) => [at(image, 'id'), at(image, 'file_name')])).toEqual([
      [1, 'a.png'],
      [2, 'c.png'],
      [3, 'd.png'],
    ]);
    expect(listAt(document, 'annotations').map((one) => [at(one, 'id'), at(one, 'image_id')])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(listAt((await admin.call('GET', `${task}/annotations`)).json, 'shapes')).toHaveLength(4);
  });

  it('holds masks of frames that two jobs share twice, and equal polygons once', async () => {
    const shared = await makeTask(admin, { frames: FRAMES, segmentSize: 2, overlap: 1 });
    const room = `/api/tasks/${shared.task}`;
    const polygon = shape('polygon', 1, shared.labels.get('Scissor'), [5, 5, 15, 5, 15, 15]);
    await importDocument(admin, room, coco(FRAMES));
    await admin.call('PATCH', `${room}/annotations?action=create`, { json: { shapes: [polygon] } });
    const categories = listAt(await documentOf(await exported(admin, room)), 'annotations').map((one) =>
      at(one, 'category_id'),
    );
    expect(categories.filter((category) => category === 1)).toHaveLength(6);
    expect(categories.filter((category) => category === 2)).toHaveLength(1);
  });

  async function makeSecondTask() {
    return admin.call('POST', '/api/tasks', { json: { name: 'second', project_id: made.project } });
  }

  function idOfTask(answer: { json: unknown }): number {
    const id = Number(at(answer.json, 'id'));
    const created = fast.cvat.state.tasks.get(id);
    const frame = { name: 'z.png', bytes: pngHeader(8, 8), contentType: 'image/png', width: 8, height: 8 };
    if (created !== undefined) {
      created.data = { id: 1, frames: [frame], video: null, imageQuality: 70, chunksUpdated: '', deletedFrames: [] };
    }
    return id;
  }
});
