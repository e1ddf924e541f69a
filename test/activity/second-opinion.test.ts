import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { collectExports } from '../../src/collect/collect-exports.ts';
import { collectTask } from '../../src/collect/collect-task.ts';
import { openLabelFolder } from '../../src/collect/label-folder.ts';
import { writeLabels } from '../../src/collect/write-labels.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { openActivitySite, prepareImport, type ActivitySite } from '../kit/activity-site.ts';
import { call, completeJobs } from '../kit/annotate.ts';
import { PLAYED_VERSIONS } from '../kit/played-versions.ts';

const SHARED = { occluded: false, z_order: 0, rotation: 0, group: 0, source: 'manual', attributes: [] };

describe.each(PLAYED_VERSIONS)('exports of CVAT %s as a second opinion', (version) => {
  let site: ActivitySite;
  let task: TaskRef;
  let dir: string;
  let label: (i: number) => number;
  beforeEach(async () => {
    site = await openActivitySite({ frames: 5, version });
    const prepared = await prepareImport(site);
    ({ task } = prepared);
    await site.run('importPreannotations', prepared);
    await completeJobs(site, task.taskId);
    dir = await mkdtemp(join(tmpdir(), 'maskloop-collect-'));
    const labels = await site.cvat.projectLabels(task.projectId);
    label = (i) => labels[i]?.id ?? 0;
  });
  afterEach(async () => {
    await site.close();
    await rm(dir, { recursive: true, force: true });
  });

  const request = () => ({
    cvat: site.cvat,
    store: site.store,
    taskId: task.taskId,
    categories: null,
    signal: new AbortController().signal,
  });
  const draw = (shapes: readonly object[], tracks: readonly object[] = []) =>
    call(site, 'PATCH', `/api/tasks/${task.taskId}/annotations?action=create`, {
      shapes: shapes.map((shape) => ({ ...SHARED, ...shape })),
      tags: [],
      tracks,
    });
  const pixels = async (folder: string, name: string): Promise<readonly number[]> => [
    ...readMask(await readFile(join(dir, folder, name)), name).values,
  ];

  async function both() {
    const native = await collectTask(request());
    await writeLabels(site.store, native, join(dir, 'native'));
    const exported = await collectExports(request(), openLabelFolder(join(dir, 'exported')));
    return { native, exported };
  }

  it('are equal in every pixel for masks, polygons, groups, tracks and whatever lies over what', async () => {
    const polygon = { type: 'polygon', label_id: label(0) };
    const keyframe = { type: 'polygon', occluded: false, outside: false, z_order: 3, rotation: 0, attributes: [] };
    await draw(
      [
        { ...polygon, frame: 0, points: [3, 3, 30, 5, 24, 40, 6, 33], z_order: 2 },
        { ...polygon, frame: 1, points: [10, 10, 20, 10, 20, 20, 10, 20], group: 4 },
        { ...polygon, frame: 1, points: [30, 10, 40, 10, 40, 20, 30, 20], group: 4, label_id: label(1) },
        { type: 'polyline', frame: 2, label_id: label(1), points: [1, 1, 20, 20] },
      ],
      [
        {
          frame: 2,
          label_id: label(1),
          group: 0,
          source: 'manual',
          attributes: [],
          shapes: [
            { ...keyframe, frame: 2, points: [2, 2, 12, 2, 12, 12, 2, 12] },
            { ...keyframe, frame: 3, points: [22, 2, 32, 2, 32, 12, 22, 12] },
          ],
        },
      ],
    );
    const { native, exported } = await both();
    expect(exported).toMatchObject({ frames: 5, differing: [], withoutSegmentation: 0 });
    expect(native).toMatchObject({ frames: 5, labelledFrames: exported.labelledFrames, leftOut: { polyline: 1 } });
    const names = await readdir(join(dir, 'native'));
    expect(names).toHaveLength(5);
    expect(await readdir(join(dir, 'exported'))).toEqual(names);
    for (const name of names) expect(await pixels('exported', name)).toEqual(await pixels('native', name));
    expect(await pixels('native', names[0] ?? '')).toContain(1);
  });

  it('have no deleted frame, no segmentation of rectangles in COCO, and know no open job', async () => {
    await draw([{ type: 'rectangle', frame: 1, label_id: label(0), points: [0, 0, 64, 48], z_order: 9 }]);
    await call(site, 'PATCH', `/api/tasks/${task.taskId}/data/meta`, { deleted_frames: [4] });
    const [job] = await site.cvat.jobs(task.taskId);
    await site.cvat.updateJob(job?.id ?? 0, { state: 'in progress' });
    const { native, exported } = await both();
    expect(native.frames).toBe(2);
    expect(exported).toMatchObject({ frames: 4, withoutSegmentation: 1 });
    expect(exported.differing.map(({ name }) => name)).toEqual(['frame_000001.png']);
    for (const name of await readdir(join(dir, 'native'))) {
      expect(await pixels('exported', name)).toEqual(await pixels('native', name));
    }
  });
});
