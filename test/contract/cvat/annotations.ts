import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { readArchive } from '../../../src/storage/read-archive.ts';
import type { Cases } from '../kit/cases.ts';

const FRAMES = ['a.png', 'b.png', 'c.png'];
const SHARED = { occluded: false, outside: false, z_order: 0, rotation: 0, group: 0, source: 'manual', attributes: [] };

export const annotationCases: Cases = (desk) => {
  it('gives the shapes, tracks and tags of a job back as people drew them', async () => {
    const { cvat } = desk();
    const { jobs, labels } = await desk().task({ frames: FRAMES });
    const [job] = jobs;
    const label = { label_id: labels.get('tool') };
    const common = { ...SHARED, ...label };
    const keyframe = { type: 'rectangle', occluded: false, z_order: 1, rotation: 15, attributes: [] };
    const body = {
      shapes: [
        { ...common, type: 'mask', frame: 0, points: [1, 2, 1, 5, 6, 6, 7] },
        { ...common, type: 'ellipse', frame: 1, points: [30, 20, 45, 10], rotation: 30, z_order: 2, group: 7 },
        { ...common, type: 'polyline', frame: 1, points: [1, 1, 9.5, 9.25], occluded: true },
      ],
      tracks: [
        {
          ...label,
          frame: 0,
          group: 0,
          source: 'manual',
          attributes: [],
          shapes: [
            { ...keyframe, frame: 0, outside: false, points: [1, 1, 9, 9] },
            { ...keyframe, frame: 2, outside: true, points: [3, 1, 11, 9] },
          ],
        },
      ],
      tags: [{ ...label, frame: 2, group: 0, source: 'manual', attributes: [] }],
    };
    expect((await desk().talk('PUT', `/api/jobs/${job?.id}/annotations`, { json: body })).status).toBe(200);
    const { shapes, tracks, tags } = await cvat.jobContent(job?.id ?? 0);
    const labelId = labels.get('tool');
    expect(shapes.toSorted((a, b) => a.id - b.id)).toMatchObject([
      { type: 'mask', frame: 0, labelId, points: [1, 2, 1, 5, 6, 6, 7], source: 'manual' },
      { type: 'ellipse', frame: 1, rotation: 30, zOrder: 2, points: [30, 20, 45, 10] },
      { type: 'polyline', frame: 1, occluded: true, points: [1, 1, 9.5, 9.25], elements: [] },
    ]);
    expect(tracks).toMatchObject([
      {
        labelId,
        frame: 0,
        keyframes: [
          { frame: 0, outside: false, points: [1, 1, 9, 9], rotation: 15, zOrder: 1 },
          { frame: 2, outside: true, points: [3, 1, 11, 9] },
        ],
      },
    ]);
    expect(tags).toMatchObject([{ labelId, frame: 2 }]);
  });

  it('moves the time of a job with its annotations and its state, and not with deleted frames', async () => {
    const { cvat } = desk();
    const { task, jobs, labels } = await desk().task({ frames: FRAMES });
    const id = jobs[0]?.id ?? 0;
    const updatedAt = async () => (await cvat.jobs(task.id))[0]?.updatedAt;
    const before = await updatedAt();
    await desk().talk('PATCH', `/api/tasks/${task.id}/data/meta`, { json: { deleted_frames: [1] } });
    expect(await updatedAt()).toBe(before);
    expect((await cvat.taskMeta(task.id)).deletedFrames).toEqual([1]);
    const tag = { frame: 0, label_id: labels.get('tool'), group: 0, source: 'manual', attributes: [] };
    const json = { shapes: [], tracks: [], tags: [tag] };
    await desk().talk('PATCH', `/api/jobs/${id}/annotations?action=create`, { json });
    const edited = await updatedAt();
    expect(edited).not.toBe(before);
    await cvat.updateJob(id, { state: 'completed' });
    expect(await updatedAt()).not.toBe(edited);
    expect(Math.abs((await cvat.clock()) - Date.parse((await updatedAt()) ?? ''))).toBeLessThan(60_000);
  });

  it('exports the annotations of a task as archives of the files that are read', async () => {
    const { cvat } = desk();
    const { task, jobs, labels } = await desk().task({ frames: FRAMES });
    const points = [5, 5, 25, 5, 25, 15, 5, 15];
    const shape = { ...SHARED, type: 'polygon', frame: 1, label_id: labels.get('tool'), points };
    const json = { shapes: [shape], tracks: [], tags: [] };
    await desk().talk('PUT', `/api/jobs/${jobs[0]?.id}/annotations`, { json });
    const folder = await mkdtemp(join(tmpdir(), 'maskloop-contract-'));
    try {
      const file = join(folder, 'export.zip');
      const namesIn = async (format: 'COCO 1.0' | 'Segmentation mask 1.1'): Promise<string[]> => {
        const requestId = await cvat.startExport(task.id, format);
        expect(await cvat.waitForRequest(requestId)).toMatchObject({ status: 'finished' });
        await cvat.downloadExport({ taskId: task.id, requestId, file }, { maxBytes: 2 ** 24 });
        const names: string[] = [];
        for await (const { name } of readArchive(file, () => true)) names.push(name);
        return names;
      };
      expect(await namesIn('COCO 1.0')).toEqual(['annotations/instances_default.json']);
      expect(await namesIn('Segmentation mask 1.1')).toEqual(
        expect.arrayContaining(['labelmap.txt', 'SegmentationClass/b.png', 'ImageSets/Segmentation/default.txt']),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
};
