import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { MockActivityEnvironment } from '@temporalio/testing';
import type { NativeAnnotations } from '../../../src/cvat/native-annotations.ts';
import { contentDigest, withoutIds } from '../../../src/cvat/native-items.ts';
import { openGuardSite, type GuardSite, type Scene } from '../../kit/guard-site.ts';
import { at } from '../../kit/talk.ts';
import { dieBefore, firstTry } from './first-try.ts';
import { drawFirst, firstJob, refusal } from './route.ts';
import { PLAYED_VERSIONS } from '../../kit/played-versions.ts';

/** Everything that CVAT stores and exports lose: tags, tracks, groups, order, rotation, attributes and sources. */
function mixed(labelId: number, spec: number, frame: number): object {
  const common = {
    label_id: labelId,
    frame,
    group: 4,
    source: 'semi-auto',
    attributes: [{ spec_id: spec, value: 'ä' }],
  };
  const shape = { ...common, occluded: true, outside: false, z_order: 3, rotation: 30, elements: [] };
  return {
    version: 0,
    shapes: [
      { ...shape, type: 'rectangle', points: [1, 1, 9.5, 9.25] },
      { ...shape, type: 'polygon', rotation: 0, points: [1, 1, 9, 1, 9, 9], source: 'auto' },
      { ...shape, type: 'mask', rotation: 0, points: [0, 4, 1, 1, 2, 2], source: 'file' },
      { ...shape, type: 'mask', rotation: 0, points: [0, 4, 1, 1, 2, 2], source: 'file' },
    ],
    tags: [{ ...common, source: 'manual' }],
    tracks: [
      {
        ...common,
        source: 'manual',
        elements: [],
        shapes: [
          {
            type: 'rectangle',
            frame,
            points: [2, 2, 5, 5],
            outside: false,
            occluded: false,
            z_order: 0,
            rotation: 0,
            attributes: [],
          },
        ],
      },
    ],
  };
}

describe.each(PLAYED_VERSIONS)('a backup on CVAT %s', (version) => {
  let site: GuardSite;
  beforeAll(async () => {
    site = await openGuardSite(version);
  });
  afterAll(async () => site.close());
  afterEach(async () => site.calm());

  const held = async (scene: Scene): Promise<NativeAnnotations[]> =>
    Promise.all(scene.jobs.map(({ id }) => site.cvat.nativeAnnotations(id)));
  const restore = (
    scene: Scene,
    changes: { number?: number; overwrite?: boolean } = {},
    env?: MockActivityEnvironment,
  ) => site.run('restoreBackup', { id: scene.id, number: null, overwrite: false, by: 'tester', ...changes }, env);

  /** A task whose first job holds a bit of everything, with pre-annotations imported over it. */
  async function overwritten(): Promise<{ scene: Scene; before: NativeAnnotations[] }> {
    const scene = await site.scene({ overwrite: true });
    const attribute = { name: 'note', mutable: true, input_type: 'text', default_value: '', values: [] };
    await site.people.call('PATCH', `/api/projects/${scene.task.projectId}`, {
      labels: [{ name: `with attribute ${scene.task.taskId}`, attributes: [attribute] }],
    });
    const { json } = await site.people.call(
      'GET',
      `/api/labels?project_id=${scene.task.projectId}&page_size=all&sort=-id`,
    );
    const [labelId, spec] = [
      Number(at(json, 'results', 0, 'id')),
      Number(at(json, 'results', 0, 'attributes', 0, 'id')),
    ];
    await site.people.call('PUT', `/api/jobs/${firstJob(scene)}/annotations`, mixed(labelId, spec, 0));
    const before = await held(scene);
    await site.import(scene);
    return { scene, before };
  }

  it('holds every field of what was there before an import over it', async () => {
    const { scene, before } = await overwritten();
    const bytes = await site.store.getNamed(`backups/${scene.id}/1`);
    const document: unknown = JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()));
    expect(document).toMatchObject({
      schema: 'maskloop.backup/1',
      reason: 'import',
      jobs: [
        { jobId: firstJob(scene), shapes: 4, tracks: 1, tags: 1, state: 'new' },
        { shapes: 0, annotations: null },
      ],
    });
    const ref = at(document, 'jobs', 0, 'annotations') as Parameters<GuardSite['store']['get']>[0];
    const kept = JSON.parse(new TextDecoder().decode(await site.store.get(ref))) as NativeAnnotations;
    expect(kept).toEqual({ shapes: before[0]?.shapes, tracks: before[0]?.tracks, tags: before[0]?.tags });
  });

  it('comes back equal up to ids, and what was in its place has a backup of its own', async () => {
    const { scene, before } = await overwritten();
    const ours = await held(scene);
    const done = await restore(scene);
    expect(done).toMatchObject({ backup: 1, before: { number: 2 }, written: 2, unchanged: 0, shapes: 6 });
    const after = await held(scene);
    expect(contentDigest(after)).toBe(contentDigest(before));
    expect(after.map(withoutIds)[0]?.tracks).toEqual(before.map(withoutIds)[0]?.tracks);
    expect(await restore(scene, { overwrite: true })).toMatchObject({ written: 0, unchanged: 2 });
    await restore(scene, { number: 2, overwrite: true });
    expect(contentDigest(await held(scene))).toBe(contentDigest(ours));
  });

  it('is made of an empty task as well, and empties one that nobody has touched', async () => {
    const scene = await site.scene();
    const imported = await site.import(scene);
    expect(imported.backup).toMatchObject({ number: 1, jobs: 2, shapes: 0, tracks: 0, tags: 0 });
    expect(await restore(scene)).toMatchObject({ written: 2, shapes: 0 });
    expect((await site.cvat.taskAnnotations(scene.task.taskId)).shapes).toEqual([]);
  });

  it('is put back over what people did since only if that is asked for, and that is backed up', async () => {
    const scene = await site.scene();
    await site.import(scene);
    await drawFirst(site, scene);
    expect(await refusal(restore(scene))).toMatchObject({ type: 'RestoreRefused' });
    const { before } = await restore(scene, { overwrite: true });
    expect(before.shapes).toBeGreaterThan(1);
    await restore(scene, { number: before.number, overwrite: true });
    const { shapes } = await site.cvat.jobAnnotations(firstJob(scene));
    expect(shapes.map(({ source }) => source)).toContain('manual');
    site.people.forget();
  });

  it('is put back whole by a second try after a crash half-way', async () => {
    const { scene, before } = await overwritten();
    dieBefore(site, 'addAnnotations');
    const { env, told } = await firstTry((dying) => restore(scene, {}, dying));
    expect(told).toMatchObject({ message: 'the worker was killed' });
    expect(await refusal(restore(scene))).toMatchObject({ type: 'RestoreRefused' });
    expect(await restore(scene, {}, env())).toMatchObject({ backup: 1, before: { number: 2 }, again: { number: 3 } });
    expect(contentDigest(await held(scene))).toBe(contentDigest(before));
  });

  it('is put back over what people did by a second try as well, where that is asked for', async () => {
    const scene = await site.scene();
    await site.import(scene);
    await drawFirst(site, scene);
    dieBefore(site, 'removeAnnotations');
    const { env } = await firstTry((dying) => restore(scene, { overwrite: true }, dying));
    const done = await restore(scene, { overwrite: true }, env());
    expect(done).toMatchObject({ before: { number: 2 }, again: { number: 3 }, written: 2 });
    expect((await site.cvat.taskAnnotations(scene.task.taskId)).shapes).toEqual([]);
    site.people.forget();
  });

  it('has a number of its own when another is made at the same moment', async () => {
    const { scene } = await overwritten();
    await restore(scene);
    const both = await Promise.all([restore(scene, { overwrite: true }), restore(scene, { overwrite: true })]);
    expect(both.map(({ before }) => before.number).toSorted((a, b) => a - b)).toEqual([3, 4]);
    for (const { before } of both) {
      const named = await site.store.getNamed(before.name);
      expect(JSON.parse(String(named))).toMatchObject({ number: before.number, takenAt: before.takenAt });
      expect(await site.store.get(before.manifest)).toEqual(named);
    }
  });

  it('is put back by itself after an import that went wrong, if nobody has written since', async () => {
    const scene = await site.scene();
    const imported = await site.send(scene, await site.guard(scene));
    const job = site.sandbox.state.jobs.get(firstJob(scene));
    // As a CVAT that lost part of the document would leave it: nobody has written, so no time has moved.
    job?.shapes.pop();
    const told = await refusal(site.run('verifyImport', { ...scene, imported }));
    expect(told).toMatchObject({ type: 'ImportNotVerified', details: [{ putBack: 1 }] });
    expect((await site.cvat.taskAnnotations(scene.task.taskId)).shapes).toEqual([]);
  });

  it('is not put back by itself where somebody has written since', async () => {
    const scene = await site.scene();
    const imported = await site.send(scene, await site.guard(scene));
    const { shapes } = await site.cvat.nativeAnnotations(firstJob(scene));
    const removed = { shapes: shapes.slice(0, 1), tracks: [], tags: [] };
    await site.cvat.removeAnnotations(firstJob(scene), removed);
    const told = await refusal(site.run('verifyImport', { ...scene, imported }));
    expect(told).toMatchObject({ type: 'ImportNotVerified', details: [{ putBack: null }] });
    expect((await site.cvat.jobAnnotations(firstJob(scene))).shapes).toHaveLength(shapes.length - 1);
  });
});
