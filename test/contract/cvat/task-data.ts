import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { withImageArchive } from '../../../src/activities/image-archive.ts';
import { contentsInPlace } from '../../../src/storage/contents-in-place.ts';
import type { Cases } from '../kit/cases.ts';
import { HEIGHT, WIDTH } from '../kit/coco.ts';
import { failureOf } from '../kit/failure-of.ts';
import { frameFiles } from '../kit/frames.ts';
import { ownName } from '../kit/names.ts';
import { temporaryFolders } from '../../unit/storage/temporary-folder.ts';
import { at } from '../../kit/talk.ts';

export const taskDataCases: Cases = (desk) => {
  const emptyFolder = temporaryFolders();

  it('numbers frames by the code points of their names and gives each back byte for byte', async () => {
    const { cvat } = desk();
    const names = ['b10.png', 'b9.png', 'Z.png', 'ä ö.png', 'a.b.c.png'];
    const { task } = await desk().task({ frames: names });
    const meta = await cvat.taskMeta(task.id);
    expect(meta.frames).toEqual(
      ['Z.png', 'a.b.c.png', 'b10.png', 'b9.png', 'ä ö.png'].map((name) => ({ name, width: WIDTH, height: HEIGHT })),
    );
    expect(meta).toMatchObject({ size: 5, startFrame: 0, stopFrame: 4, deletedFrames: [] });
    const sent = new Map(
      await Promise.all(frameFiles(names).map(async (file) => [file.name, await file.read()] as const)),
    );
    for (const [number, { name }] of meta.frames.entries()) {
      const { bytes, contentType } = await cvat.frameOriginal(task.id, number);
      expect(contentType).toBe('image/png');
      expect(Buffer.from(bytes)).toEqual(Buffer.from(sent.get(name) ?? []));
    }
  });

  it('waits for the making of frames that is under way', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const task = await cvat.createTask({ name: 't', projectId: project.id, bugTracker: '', segmentSize: null });
    const progress: number[] = [];
    const id = await cvat.uploadImages(task.id, frameFiles(['a.png', 'b.png']), {
      onProgress: ({ files }) => progress.push(files),
    });
    expect(id).toBe(`action=create&target=task&target_id=${task.id}`);
    expect(progress).toEqual([2]);
    expect(await cvat.awaitTaskCreation(task.id)).toBe(true);
    expect((await cvat.getTask(task.id)).size).toBe(2);
  });

  it('cuts a task into jobs of inclusive ranges, listed newest first unless sorted', async () => {
    const { task, jobs } = await desk().task({ frames: ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'], segmentSize: 2 });
    expect(jobs.map(({ startFrame, stopFrame }) => [startFrame, stopFrame])).toEqual([
      [0, 1],
      [2, 3],
      [4, 4],
    ]);
    expect(
      jobs.every(
        ({ taskId, type, stage, state }) =>
          `${taskId} ${type} ${stage} ${state}` === `${task.id} annotation annotation new`,
      ),
    ).toBe(true);
    const { json } = await desk().talk('GET', `/api/jobs?task_id=${task.id}`);
    expect([0, 1, 2].map((row) => at(json, 'results', row, 'id'))).toEqual(jobs.map(({ id }) => id).toReversed());
  });

  it('fails to make frames of nothing, and of what is no image', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const wish = { name: ownName('task'), projectId: project.id, bugTracker: '', segmentSize: null };
    const empty = await cvat.createTask(wish);
    const finish = { json: { image_quality: 70 }, headers: { 'upload-finish': '' } };
    const begun = await desk().talk('POST', `/api/tasks/${empty.id}/data`, finish);
    expect(begun.status).toBe(202);
    const broken = await cvat.createTask(wish);
    const bytes = Buffer.from('this is no picture');
    const file = { name: 'a.png', bytes: bytes.length, read: async () => bytes };
    const requests = [String(at(begun.json, 'rq_id')), await cvat.uploadImages(broken.id, [file])];
    expect(await Promise.all(requests.map((id) => cvat.waitForRequest(id)))).toMatchObject([
      { status: 'failed', message: 'No media data found' },
      { status: 'failed' },
    ]);
    expect(await cvat.awaitTaskCreation(empty.id)).toBe(false);
  });

  it('takes no second set of images', async () => {
    const { task } = await desk().task({ frames: ['a.png'] });
    const failure = await failureOf(desk().cvat.uploadImages(task.id, frameFiles(['b.png'])));
    expect(failure).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
    expect(failure.message).toContain('Adding more data is not supported');
  });

  it('keeps deleted frames in the list and in their places', async () => {
    const { task } = await desk().task({ frames: ['a.png', 'b.png', 'c.png'] });
    const path = `/api/tasks/${task.id}/data/meta`;
    expect((await desk().talk('PATCH', path, { json: { deleted_frames: [1] } })).status).toBe(200);
    const meta = await desk().cvat.taskMeta(task.id);
    expect(meta).toMatchObject({ size: 3, deletedFrames: [1] });
    expect(meta.frames.map(({ name }) => name)).toEqual(['a.png', 'b.png', 'c.png']);
  });

  it('keeps folders in the names of frames only where they come in an archive', async () => {
    const { cvat } = desk();
    const project = await desk().project();
    const wish = { name: ownName('task'), projectId: project.id, bugTracker: '', segmentSize: null };
    const task = await cvat.createTask(wish);
    const names = ['b/2.png', 'a.png', 'b/10.png'];
    const dir = await emptyFolder();
    await mkdir(join(dir, 'b'));
    for (const file of frameFiles(names)) await writeFile(join(dir, file.name), await file.read());
    const request = await withImageArchive(contentsInPlace(dir, names), names, (archive) =>
      cvat.uploadArchive(task.id, archive),
    );
    expect(await cvat.waitForRequest(request)).toMatchObject({ status: 'finished' });
    const meta = await cvat.taskMeta(task.id);
    expect(meta.frames.map(({ name }) => name)).toEqual(['a.png', 'b/10.png', 'b/2.png']);
    expect(meta.video).toBeNull();
  });

  it('lists the folder that is shared with CVAT, and refuses one that is not in it', async () => {
    expect(await desk().cvat.listShare('')).toEqual(expect.any(Array));
    expect(await failureOf(desk().cvat.listShare(ownName('nowhere')))).toMatchObject({
      code: 'CvatRejected',
      facts: { status: 400 },
    });
  });

  it('falls over a HEAD for a frame', async () => {
    const { task } = await desk().task({ frames: ['a.png'] });
    const { status } = await desk().talk('HEAD', `/api/tasks/${task.id}/data?type=frame&number=0&quality=original`);
    expect(status).toBe(500);
  });
};
