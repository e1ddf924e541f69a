import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { documentOf, exported, filesOf, MASKS } from './export-talk.ts';
import { coco, importDocument } from './import-document.ts';
import { ascending, at, listAt, textAt } from './json-at.ts';
import { idOf, read, startFast, waitFor, type Fast, type Person } from './talk.ts';
import { tinyVideo } from './tiny-video.ts';

let fast: Fast;
let admin: Person;
let project: number;
beforeAll(async () => {
  fast = await startFast({ exportMs: 2 });
  admin = fast.admin;
  const labels = [{ name: 'GrabberA' }, { name: 'Scissor' }];
  project = idOf(await admin.call('POST', '/api/projects', { json: { name: 'videos', labels } }));
});
afterAll(() => fast.cvat.close());

const VIDEO = tinyVideo({ width: 96, height: 64, frames: 20 });

/** A task of a video of 20 frames; returns its address. */
async function makeVideo(options: object = {}, task: object = {}, bytes = VIDEO): Promise<string> {
  const json = { name: 'video', project_id: project, ...task };
  const room = `/api/tasks/${idOf(await admin.call('POST', '/api/tasks', { json }))}`;
  const form = new FormData();
  form.set('client_files[0]', new Blob([new Uint8Array(bytes)]), 'case_042.mp4');
  form.set('image_quality', '70');
  await admin.call('POST', `${room}/data`, { body: form, headers: { 'upload-multiple': '' } });
  const finish = { json: { image_quality: 70, ...options }, headers: { 'upload-finish': '' } };
  const begun = await admin.call('POST', `${room}/data`, finish);
  await waitFor(admin, textAt(begun.json, 'rq_id'));
  return room;
}

const STEP = { frame_filter: 'step=5', start_frame: 5 };
const PART = { start_frame: 5, stop_frame: 14 };

/** The frames that a document with these names lands on; the failure if it does not. */
async function landing(room: string, names: readonly string[]): Promise<unknown> {
  const ended = await importDocument(admin, room, coco(names));
  if (at(ended, 'status') === 'failed') return textAt(ended, 'message');
  const { json } = await admin.call('GET', `${room}/annotations`);
  return ascending(listAt(json, 'shapes').map((one) => at(one, 'frame')));
}

describe('a task of a video', () => {
  it('calls itself an interpolation and has one frame in its metadata, the file', async () => {
    const room = await makeVideo();
    expect((await admin.call('GET', room)).json).toMatchObject({
      mode: 'interpolation',
      size: 20,
      data_chunk_size: 36,
      data_original_chunk_type: 'video',
    });
    expect((await admin.call('GET', `${room}/data/meta`)).json).toMatchObject({
      chapters: [],
      size: 20,
      start_frame: 0,
      stop_frame: 19,
      frame_filter: '',
      frames: [{ name: 'case_042.mp4', width: 96, height: 64 }],
    });
  });

  it('counts in numbers of the file where metadata is asked for, and from 0 where jobs are', async () => {
    const room = await makeVideo(PART, { segment_size: 4, overlap: 2 });
    const jobs = listAt(
      (await admin.call('GET', `/api/jobs?task_id=${room.split('/').at(-1)}&sort=id`)).json,
      'results',
    );
    expect(jobs.map((job) => [at(job, 'start_frame'), at(job, 'stop_frame')])).toEqual([
      [0, 3],
      [2, 5],
      [4, 7],
      [6, 9],
    ]);
    const meta = (await admin.call('GET', `/api/jobs/${String(at(jobs[3], 'id'))}/data/meta`)).json;
    expect(meta).toMatchObject({ size: 4, start_frame: 11, stop_frame: 14 });
    expect(listAt(meta, 'frames')).toHaveLength(1);
    expect((await admin.call('GET', `${await makeVideo(STEP)}/data/meta`)).json).toMatchObject({
      size: 3,
      start_frame: 5,
      stop_frame: 15,
      frame_filter: 'step=5',
    });
  });

  it('has jobs that share frames, half a segment or five, unless another number is asked for', async () => {
    const room = await makeVideo({}, { segment_size: 5 });
    expect(await read(admin, room, 'overlap')).toBe(2);
    expect(await read(admin, room, 'jobs', 'count')).toBe(6);
    expect(await read(admin, await makeVideo({}, { segment_size: 5, overlap: 0 }), 'jobs', 'count')).toBe(4);
    expect(await read(admin, await makeVideo({}, { segment_size: 16 }), 'overlap')).toBe(5);
  });

  it.each([
    ['all frames', {}, ['frame_000005', 'frame_000003.png', 'frame_4', '7.png', '000009'], [3, 4, 5, 7, 9]],
    ['all frames', {}, ['frame_000020'], "'frame_000020'"],
    ['all frames', {}, ['case_042.mp4'], "'case_042'"],
    ['every fifth', STEP, ['frame_000005', 'frame_000010', 'frame_000015'], [0, 1, 2]],
    ['every fifth', STEP, ['frame_000000', 'frame_000001', 'frame_000002'], [0, 1, 2]],
    ['every fifth', STEP, ['frame_000005', 'frame_000000'], [0, 0]],
    ['every fifth', STEP, ['frame_000006'], "'frame_000006'"],
    ['every fifth', STEP, ['1.png'], [1]],
    ['every fifth', STEP, ['10.png'], "'10'"],
    ['every fifth', STEP, ['000005'], "'000005'"],
    ['a part', PART, ['frame_000005', 'frame_000009', 'frame_000014'], [0, 4, 9]],
    ['a part', PART, ['frame_000000', 'frame_000004'], [0, 4]],
  ])('of %s (%j) takes %j for %j', async (_, options, names, expected) => {
    const found = await landing(await makeVideo(options), names);
    if (typeof expected === 'string')
      expect(found).toContain(`Could not match item id: ${expected} with any task frame`);
    else expect(found).toEqual(expected);
  });

  it('is exported with frames that are named by their number in the file', async () => {
    const room = await makeVideo(STEP);
    await importDocument(admin, room, coco(['frame_000010']));
    const images = listAt(await documentOf(await exported(admin, room)), 'images');
    const names = ['frame_000005', 'frame_000010', 'frame_000015'];
    expect(images.map((image) => at(image, 'file_name'))).toEqual(names.map((name) => `${name}.png`));
    const masks = await filesOf(await exported(admin, room, MASKS));
    expect(masks.has('SegmentationClass/frame_000010.png')).toBe(true);
    expect(masks.get('ImageSets/Segmentation/default.txt')?.toString()).toBe(`${names.join('\n')}\n`);
  });

  it('gives single frames as PNG files in either quality, by numbers from 0, and all of itself as a chunk', async () => {
    const room = await makeVideo(STEP);
    const frame = (number: number, quality = 'original') =>
      admin.call('GET', `${room}/data?type=frame&number=${number}&quality=${quality}`);
    for (const quality of ['original', 'compressed']) {
      const answer = await frame(2, quality);
      expect([answer.headers.get('content-type'), answer.bytes.readUInt32BE(16)]).toEqual(['image/png', 96]);
    }
    expect((await frame(3)).json).toBe("Invalid frame '3'. The frame number should be in the [0, 3] range");
    const chunk = await admin.call('GET', `${room}/data?type=chunk&number=0&quality=original`);
    expect([chunk.headers.get('content-type'), chunk.bytes.equals(VIDEO)]).toEqual(['video/mp4', true]);
  });

  it('tells the overlap of a single job in the older release only', async () => {
    const overlap = async () => read(admin, await makeVideo(), 'overlap');
    const current = { admin, project };
    const older = await startFast({ version: '2.54.1' });
    admin = older.admin;
    project = idOf(await admin.call('POST', '/api/projects', { json: { name: 'videos' } }));
    const told = await overlap();
    ({ admin, project } = current);
    await older.cvat.close();
    expect([told, await overlap()]).toEqual([5, 0]);
  });

  it('may be described in words instead of boxes', async () => {
    const start = VIDEO.subarray(0, VIDEO.readUInt32BE(0));
    const words = Buffer.concat([start, Buffer.from('{"width": 10, "height": 20, "frames": 4}')]);
    const room = await makeVideo({}, {}, words);
    expect(await read(admin, room, 'size')).toBe(4);
    expect(await read(admin, `${room}/data/meta`, 'frames', 0, 'height')).toBe(20);
  });

  it('is not made from a file that only begins like a video', async () => {
    const room = await makeVideo({}, {}, VIDEO.subarray(0, 40));
    expect((await admin.call('GET', `${room}/data/meta`)).status).toBe(400);
  });
});
