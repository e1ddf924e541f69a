import { expect, it } from '@jest/globals';
import type { Cases } from '../kit/cases.ts';
import { BOX, coco, maskPoints } from '../kit/coco.ts';
import { eventually } from '../kit/eventually.ts';
import { failureOf } from '../kit/failure-of.ts';
import { finish, importNow, uploadByHand } from '../kit/import.ts';
import { at } from '../../kit/talk.ts';

const FRAMES = ['a.png', 'b.png', 'c.png'];
const OTHER = { x: 1, y: 2, w: 30, h: 7 };

export const importCases: Cases = (desk) => {
  it('stores each RLE as a mask of the same pixels, its label and frame matched by name', async () => {
    const { task, labels } = await desk().task({ frames: FRAMES });
    const document = coco(['c.png', 'a.png'], [{ image: 0, box: OTHER, category: 'tissue' }, { image: 1 }]);
    expect(await importNow(desk(), task.id, document)).toMatchObject({ status: 'finished', message: '' });
    const { shapes, tracks, tags } = await desk().cvat.taskAnnotations(task.id);
    expect({ tracks, tags }).toEqual({ tracks: 0, tags: 0 });
    const common = { type: 'mask', zOrder: 0, rotation: 0, group: 0, source: 'file', id: expect.any(Number) };
    expect(shapes.toSorted((a, b) => a.frame - b.frame)).toEqual([
      { ...common, frame: 0, labelId: labels.get('tool'), points: maskPoints(BOX) },
      { ...common, frame: 2, labelId: labels.get('tissue'), points: maskPoints(OTHER) },
    ]);
  });

  it('takes the source of a shape from its attributes', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    await importNow(desk(), task.id, coco(['a.png'], [{ image: 0, attributes: { source: 'auto', unknown: 1 } }]));
    const { shapes } = await desk().cvat.taskAnnotations(task.id);
    expect(shapes.map(({ source }) => source)).toEqual(['auto']);
  });

  it('replaces all shapes of the task, also on frames that the document does not name', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    await importNow(desk(), task.id, coco(FRAMES, [{ image: 0 }, { image: 1 }, { image: 2 }]));
    const before = await desk().cvat.taskAnnotations(task.id);
    await importNow(desk(), task.id, coco(['b.png'], [{ image: 0, box: OTHER }]));
    const after = await desk().cvat.taskAnnotations(task.id);
    expect(after.shapes).toMatchObject([{ frame: 1, points: maskPoints(OTHER) }]);
    expect(before.shapes.map(({ id }) => id)).not.toContain(after.shapes[0]?.id);
    await importNow(desk(), task.id, coco([], []));
    expect((await desk().cvat.taskAnnotations(task.id)).shapes).toEqual([]);
  });

  it('adds to what is there only in 2.73 and when told so; 2.54 replaces whatever it is told', async () => {
    const { task } = await desk().task({ frames: FRAMES });
    await importNow(desk(), task.id, coco(['a.png'], [{ image: 0 }]));
    const upload = await uploadByHand(desk(), task.id, coco(['b.png'], [{ image: 0 }]));
    expect(await finish(desk(), task.id, upload, { import_mode: 'append' })).toMatchObject({ status: 202 });
    await desk().cvat.waitForRequest(`action=import&target=task&target_id=${task.id}&subresource=annotations`);
    const { shapes } = await desk().cvat.taskAnnotations(task.id);
    expect(shapes.map(({ frame }) => frame)).toEqual(desk().version.startsWith('2.54') ? [1] : [0, 1]);
  });

  it('gives every import into a task the same id, told apart by the time of its making', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: FRAMES });
    expect(await cvat.importRequest(task.id)).toBeNull();
    const one = await importNow(desk(), task.id, coco(['a.png'], [{ image: 0 }]));
    const two = await importNow(desk(), task.id, coco(['a.png'], [{ image: 0 }]));
    expect(one.id).toBe(`action=import&target=task&target_id=${task.id}&subresource=annotations`);
    expect(two.id).toBe(one.id);
    expect(Date.parse(two.createdAt)).toBeGreaterThan(Date.parse(one.createdAt));
    // When it began and ended is written a moment after its state.
    const { id, createdAt, status } = two;
    expect(await cvat.importRequest(task.id)).toMatchObject({ id, createdAt, status });
  });

  it('refuses a second import while one is under way, naming that one', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: FRAMES });
    const many = Array.from({ length: 1500 }, (_, n) => ({ image: n % 3 }));
    const small = { bytes: coco(['a.png'], [{ image: 0 }]), fileName: 'small.json' };
    const requestId = `action=import&target=task&target_id=${task.id}&subresource=annotations`;
    let second = '';
    // A quick server may be through before the others come: then once more.
    await eventually(async () => {
      second = await uploadByHand(desk(), task.id, small.bytes);
      const first = await uploadByHand(desk(), task.id, coco(FRAMES, many));
      expect(await finish(desk(), task.id, first)).toMatchObject({ status: 202, json: { rq_id: requestId } });
      const refused = await finish(desk(), task.id, second);
      const busy = failureOf(cvat.startImport(task.id, small));
      const outcome = await busy.catch((error: unknown) => error);
      expect(await cvat.waitForRequest(requestId, { deadlineMs: 120_000 })).toMatchObject({ status: 'finished' });
      expect(refused).toMatchObject({ status: 409, json: { rq_id: requestId } });
      expect(outcome).toMatchObject({ code: 'ImportBusy', facts: { taskId: task.id, requestId } });
    });
    expect((await cvat.taskAnnotations(task.id)).shapes).toHaveLength(1500);
    expect((await finish(desk(), task.id, second)).status).toBe(202);
    await cvat.waitForRequest(requestId);
    expect((await cvat.taskAnnotations(task.id)).shapes).toHaveLength(1);
  });

  it('works into a completed job and leaves its state alone', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES });
    await cvat.updateJob(jobs[0]?.id ?? 0, { stage: 'acceptance', state: 'completed' });
    expect(await importNow(desk(), task.id, coco(['a.png'], [{ image: 0 }]))).toMatchObject({ status: 'finished' });
    expect(await cvat.jobs(task.id)).toMatchObject([{ stage: 'acceptance', state: 'completed' }]);
  });

  it('knows an import by its id, percent-encoded in the path or not', async () => {
    const { task } = await desk().task({ frames: ['a.png'] });
    const { id } = await importNow(desk(), task.id, coco(['a.png'], []));
    for (const path of [`/api/requests/${id}`, `/api/requests/${encodeURIComponent(id)}`]) {
      const { status, json } = await desk().talk('GET', path);
      expect([status, at(json, 'id'), at(json, 'status')]).toEqual([200, id, 'finished']);
    }
  });
};
