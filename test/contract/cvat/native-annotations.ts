import { expect, it } from '@jest/globals';
import type { NativeAnnotations, NativeItem } from '../../../src/cvat/native-annotations.ts';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import { difference, sameContent } from '../../../src/cvat/native-items.ts';
import type { Cases } from '../kit/cases.ts';
import { BOX, coco, maskPoints } from '../kit/coco.ts';
import type { MadeTask } from '../kit/cvat-desk.ts';
import { failureOf } from '../kit/failure-of.ts';
import { importNow } from '../kit/import.ts';

const FRAMES = ['a.png', 'b.png', 'c.png'];
const NOTHING: NativeAnnotations = { shapes: [], tracks: [], tags: [] };

function firstJob({ jobs }: MadeTask): number {
  return jobs[0]?.id ?? 0;
}

function common({ labels }: MadeTask, frame: number): object {
  return { frame, label_id: labels.get('tool'), group: 0, attributes: [] };
}

function mask(made: MadeTask, frame: number, changes: object = {}): NativeItem {
  const plain = { occluded: false, outside: false, z_order: 0, rotation: 0, elements: [], source: 'auto' };
  return { ...common(made, frame), ...plain, type: 'mask', points: maskPoints(BOX), ...changes };
}

/** What CVAT's own exports lose. */
function rich(made: MadeTask): NativeAnnotations {
  const shape = { type: 'rectangle', frame: 1, points: [1, 1, 5.5, 5.25], outside: false, occluded: false, z_order: 0 };
  return {
    shapes: [
      mask(made, 0, { source: 'semi-auto', z_order: 2, occluded: true, group: 3 }),
      mask(made, 0, { type: 'rectangle', points: [1, 1, 9.5, 9], rotation: 30, source: 'manual' }),
      mask(made, 1, { type: 'polygon', points: [1, 1, 9, 1, 9, 9], source: 'file' }),
    ],
    tracks: [
      { ...common(made, 1), source: 'manual', elements: [], shapes: [{ ...shape, rotation: 0, attributes: [] }] },
    ],
    tags: [{ ...common(made, 0), source: 'manual' }],
  };
}

async function times(cvat: Cvat, jobId: number): Promise<string> {
  return (await cvat.job(jobId)).updatedAt;
}

export const nativeAnnotationCases: Cases = (desk) => {
  it('takes back everything that it gave of a job, in new ids', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const job = firstJob(made);
    await cvat.addAnnotations(job, rich(made));
    const held = await cvat.nativeAnnotations(job);
    expect([held.shapes.length, held.tracks.length, held.tags.length]).toEqual([3, 1, 1]);
    expect(new Set(held.shapes.map((shape) => shape['source']))).toEqual(new Set(['file', 'manual', 'semi-auto']));
    await cvat.removeAnnotations(job, held);
    expect(sameContent(await cvat.nativeAnnotations(job), NOTHING)).toBe(true);
    await cvat.addAnnotations(job, held);
    const again = await cvat.nativeAnnotations(job);
    expect(difference(again, held)).toEqual(NOTHING);
    expect(sameContent(again, held)).toBe(true);
    const ids = new Set(held.shapes.map(({ id }) => id));
    expect(again.shapes.some(({ id }) => ids.has(id))).toBe(false);
  });

  it('adds without touching what is there, and removes nothing but what is named', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const job = firstJob(made);
    await cvat.addAnnotations(job, { ...NOTHING, shapes: [mask(made, 0, { source: 'manual' })] });
    const [drawn] = (await cvat.nativeAnnotations(job)).shapes;
    await cvat.addAnnotations(job, { ...NOTHING, shapes: [mask(made, 0), mask(made, 2)] });
    const { shapes } = await cvat.nativeAnnotations(job);
    expect(shapes.find(({ id }) => id === drawn?.['id'])).toEqual(drawn);
    const ours = shapes.filter((shape) => shape['source'] === 'auto');
    expect(ours).toHaveLength(2);
    await cvat.addAnnotations(job, { ...NOTHING, shapes: [mask(made, 1, { source: 'manual' })] });
    await cvat.removeAnnotations(job, { ...NOTHING, shapes: ours });
    await cvat.removeAnnotations(job, { ...NOTHING, shapes: ours });
    const left = (await cvat.nativeAnnotations(job)).shapes.map((shape) => shape['frame']);
    expect(new Set(left)).toEqual(new Set([0, 1]));
  });

  it('adds all or nothing', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const job = firstJob(made);
    const wrong = { ...NOTHING, shapes: [mask(made, 0), mask(made, 1, { points: [1, 2] })] };
    expect(await failureOf(cvat.addAnnotations(job, wrong))).toMatchObject({ code: 'CvatRejected' });
    expect((await cvat.nativeAnnotations(job)).shapes).toEqual([]);
  });

  it('stores an added mask just as an import would', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const job = firstJob(made);
    await importNow(desk(), made.task.id, coco(['a.png'], [{ image: 0, attributes: { source: 'auto' } }]));
    const imported = await cvat.nativeAnnotations(job);
    await cvat.removeAnnotations(job, imported);
    await cvat.addAnnotations(job, { ...NOTHING, shapes: [mask(made, 0)] });
    expect(sameContent(await cvat.nativeAnnotations(job), imported)).toBe(true);
  });

  it('moves the time of a job with every addition and removal, and by none of the reads', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const job = firstJob(made);
    const before = await times(cvat, job);
    expect(await times(cvat, job)).toBe(before);
    await cvat.addAnnotations(job, { ...NOTHING, shapes: [mask(made, 0)] });
    const added = await times(cvat, job);
    const held = await cvat.nativeAnnotations(job);
    expect(await times(cvat, job)).toBe(added);
    await cvat.removeAnnotations(job, held);
    const all = [before, added, await times(cvat, job)];
    expect(new Set(all).size).toBe(3);
    expect(all).toEqual(all.toSorted());
  });

  it('writes to the jobs in the time between the start and the end of an import', async () => {
    const { cvat } = desk();
    const made = await desk().task({ frames: FRAMES });
    const request = await importNow(desk(), made.task.id, coco(FRAMES, [{ image: 0 }]));
    // The time of the end is there a moment after the end.
    const { startedAt, finishedAt, owner } = (await cvat.request(request.id)) ?? request;
    expect([startedAt ?? '', await times(cvat, firstJob(made)), finishedAt ?? 'z']).toEqual(
      [startedAt ?? '', await times(cvat, firstJob(made)), finishedAt ?? 'z'].toSorted(),
    );
    expect(owner).toEqual(expect.any(String));
  });

  it('says of a task how ground truth is kept', async () => {
    const { cvat } = desk();
    const { task } = await desk().task({ frames: FRAMES });
    expect(task.validationMode).toBeNull();
    const json = { type: 'ground_truth', task_id: task.id, frame_selection_method: 'manual', frames: [1] };
    await desk().talk('POST', '/api/jobs', { json });
    expect((await cvat.getTask(task.id)).validationMode).toBe('gt');
  });
};
