import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { documentOf, exported } from './export-talk.ts';
import { coco, failureOf, importDocument } from './import-document.ts';
import { ascending, at, listAt, textAt } from './json-at.ts';
import { makeTask, pngHeader, type MadeTask } from './make-task.ts';
import { idOf, read, startFast, waitFor, type Answer, type Fast, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png', 'c.png', 'd.png'];

let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
beforeAll(async () => {
  fast = await startFast({ exportMs: 2 });
  admin = fast.admin;
});
beforeEach(async () => {
  made = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
  task = `/api/tasks/${made.task}`;
});
afterAll(() => fast.cvat.close());

const ask = (json: object): Promise<Answer> =>
  admin.call('POST', '/api/jobs', { json: { type: 'ground_truth', task_id: made.task, ...json } });
const manual = { frame_selection_method: 'manual', frames: [1, 3] };
const makeJob = async (): Promise<string> => `/api/jobs/${idOf(await ask(manual))}`;
const shapesOf = async (room: string) => listAt((await admin.call('GET', `${room}/annotations`)).json, 'shapes');
const framesOf = async (room: string) => ascending((await shapesOf(room)).map((one) => at(one, 'frame')));
const accept = { json: { stage: 'acceptance', state: 'completed' } };

describe('a ground truth job', () => {
  it('spans its whole task but counts the frames that were chosen', async () => {
    const job = await ask(manual);
    expect(job.status).toBe(201);
    expect(job.json).toMatchObject({
      type: 'ground_truth',
      start_frame: 0,
      stop_frame: 3,
      frame_count: 2,
      state: 'new',
    });
    expect(job.headers.get('location')).toBe(`${fast.cvat.url}/api/jobs/${idOf(job)}`);
    expect(await read(admin, task, 'validation_mode')).toBe('gt');
  });

  it('shows placeholders for the other frames', async () => {
    const meta = (await admin.call('GET', `${await makeJob()}/data/meta`)).json;
    expect(listAt(meta, 'frames').map((frame) => at(frame, 'name'))).toEqual([
      'placeholder.jpg',
      'b.png',
      'placeholder.jpg',
      'd.png',
    ]);
    expect(meta).toMatchObject({ size: 2, start_frame: 0, stop_frame: 3, included_frames: [1, 3] });
  });

  it('is one at most, and the only kind of job that can be made or removed', async () => {
    const job = await makeJob();
    expect((await ask(manual)).json).toEqual(['Task with validation mode "gt" cannot have more than 1 GT job']);
    expect((await ask({ ...manual, type: 'annotation' })).json).toEqual(["Unexpected job type 'annotation'"]);
    const refused = await admin.call('DELETE', `/api/jobs/${made.jobs[0]}`);
    expect([refused.status, refused.json]).toEqual([400, ['Only ground truth jobs can be removed']]);
    expect((await admin.call('DELETE', job)).status).toBe(204);
    expect(await read(admin, task, 'validation_mode')).toBeNull();
    expect((await ask(manual)).status).toBe(201);
  });

  it('can be drawn by chance, the same way for the same seed', async () => {
    const draw = { frame_selection_method: 'random_uniform', frame_count: 2, random_seed: 7 };
    const chosen = async (): Promise<unknown> => {
      const job = `/api/jobs/${idOf(await ask(draw))}`;
      const included = await read(admin, `${job}/data/meta`, 'included_frames');
      await admin.call('DELETE', job);
      return included;
    };
    const first = await chosen();
    expect(first).toHaveLength(2);
    expect(await chosen()).toEqual(first);
  });

  it('comes first in the list of jobs, and can be told from the others by its type', async () => {
    const job = Number((await makeJob()).split('/').at(-1));
    const ids = async (query: string) =>
      listAt((await admin.call('GET', `/api/jobs?task_id=${made.task}${query}`)).json, 'results').map((one) =>
        at(one, 'id'),
      );
    expect(await ids('')).toEqual([job, ...made.jobs.toReversed()]);
    expect(await ids('&type=annotation')).toEqual(made.jobs.toReversed());
    expect(await ids('&type=ground_truth')).toEqual([job]);
  });

  it('holds back the completion of its task, and leaves a stale status when it is removed', async () => {
    const job = await makeJob();
    for (const id of made.jobs) await admin.call('PATCH', `/api/jobs/${id}`, accept);
    expect((await admin.call('GET', task)).json).toMatchObject({
      status: 'annotation',
      jobs: { count: 3, completed: 2 },
    });
    await admin.call('PATCH', job, accept);
    expect((await admin.call('GET', task)).json).toMatchObject({
      status: 'completed',
      jobs: { count: 3, completed: 3 },
    });
    await admin.call('PATCH', job, { json: { stage: 'annotation' } });
    await admin.call('DELETE', job);
    expect((await admin.call('GET', task)).json).toMatchObject({
      status: 'annotation',
      jobs: { count: 2, completed: 2 },
    });
  });

  it('has annotations of its own, which imports and exports of the task do not touch', async () => {
    const job = await makeJob();
    await importDocument(admin, job, coco(['b.png', 'd.png']));
    const own = await shapesOf(job);
    await importDocument(admin, task, coco(FRAMES));
    expect(await shapesOf(job)).toEqual(own);
    expect(await shapesOf(task)).toHaveLength(4);
    expect(listAt(await documentOf(await exported(admin, task)), 'annotations')).toHaveLength(4);
    const names = listAt(await documentOf(await exported(admin, job)), 'images').map((image) => at(image, 'file_name'));
    expect(names).toEqual(['b.png', 'd.png']);
  });

  it('drops what is imported to other frames without a word, unlike any other job', async () => {
    const job = await makeJob();
    expect(await importDocument(admin, job, coco(FRAMES))).toMatchObject({ status: 'finished', message: '' });
    expect(await framesOf(job)).toEqual([1, 3]);
    expect(await importDocument(admin, job, coco(['a.png']))).toMatchObject({ status: 'finished' });
    expect(await framesOf(job)).toEqual([]);
    expect(await failureOf(admin, `/api/jobs/${made.jobs[0]}`, coco(['d.png']))).toContain('Could not match item id');
  });

  it('changes the date of neither task nor project nor job by being made', async () => {
    const rooms = [task, `/api/projects/${made.project}`, `/api/jobs/${made.jobs[0]}`];
    const dates = () => Promise.all(rooms.map((room) => read(admin, room, 'updated_date')));
    const before = await dates();
    await makeJob();
    expect(await dates()).toEqual(before);
  });
});

describe('a task with honeypots', () => {
  async function honeypots(): Promise<string> {
    const json = { name: 'pool', project_id: made.project, segment_size: 3 };
    const room = `/api/tasks/${idOf(await admin.call('POST', '/api/tasks', { json }))}`;
    const form = new FormData();
    for (let index = 0; index < 8; index += 1) {
      form.set(`client_files[${index}]`, new Blob([new Uint8Array(pngHeader(96, 64))]), `h0${index}.png`);
    }
    form.set('image_quality', '70');
    await admin.call('POST', `${room}/data`, { body: form, headers: { 'upload-multiple': '' } });
    const pool = {
      mode: 'gt_pool',
      frame_selection_method: 'manual',
      frames: ['h06.png', 'h07.png'],
      frames_per_job_count: 1,
    };
    const options = { image_quality: 70, sorting_method: 'random', validation_params: pool };
    const begun = await admin.call('POST', `${room}/data`, { json: options, headers: { 'upload-finish': '' } });
    await waitFor(admin, textAt(begun.json, 'rq_id'));
    return room;
  }

  it('hides copies of the pool in its jobs, and has the pool as a job at its end', async () => {
    const room = await honeypots();
    expect((await admin.call('GET', room)).json).toMatchObject({
      size: 10,
      segment_size: 0,
      validation_mode: 'gt_pool',
    });
    const names = listAt((await admin.call('GET', `${room}/data/meta`)).json, 'frames').map((frame) =>
      at(frame, 'name'),
    );
    expect(names.slice(8)).toEqual(['h06.png', 'h07.png']);
    expect(new Set(names).size).toBe(8);
    for (const own of [names.slice(0, 4), names.slice(4, 8)]) {
      expect(own.filter((name) => name === 'h06.png' || name === 'h07.png')).toHaveLength(1);
    }
    const jobs = listAt((await admin.call('GET', `/api/jobs?task_id=${room.split('/').at(-1)}`)).json, 'results');
    expect(jobs.map((job) => [at(job, 'type'), at(job, 'start_frame'), at(job, 'stop_frame')])).toEqual([
      ['ground_truth', 8, 9],
      ['annotation', 4, 7],
      ['annotation', 0, 3],
    ]);
  });

  it('gets an annotation of a pool frame on each of its copies, and exports it once', async () => {
    const room = await honeypots();
    const files = Array.from({ length: 8 }, (_, index) => `h0${index}.png`);
    await importDocument(admin, room, coco(files));
    expect(await framesOf(room)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const document = await documentOf(await exported(admin, room));
    expect(listAt(document, 'images').map((image) => at(image, 'file_name'))).toHaveLength(8);
    expect(listAt(document, 'annotations')).toHaveLength(8);
  });
});
