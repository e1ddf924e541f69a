import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { IterationPlan } from '../../../src/contracts/plan.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { openGuardSite, type GuardSite, type Scene } from '../../kit/guard-site.ts';
import { drawFirst, firstJob } from './route.ts';
import { PLAYED_VERSIONS } from '../../kit/played-versions.ts';

describe.each(PLAYED_VERSIONS)('a plan on CVAT %s', (version) => {
  let site: GuardSite;
  beforeAll(async () => {
    site = await openGuardSite(version);
  });
  afterAll(async () => site.close());
  afterEach(() => site.people.forget());

  const plan = ({ id, input }: Scene, changes: Partial<IterationInput> = {}): Promise<IterationPlan> =>
    site.run('planIteration', { id, input: { ...input, ...changes } });
  const codes = ({ troubles }: IterationPlan): string[] => troubles.map(({ code }) => code);

  it('of a task that is free says what would be sent where, and sends nothing but reads', async () => {
    const scene = await site.scene();
    const asked = site.sandbox.log.entries.length;
    const stored = await site.store.listNamed('');
    const made = await plan(scene);
    const sent = site.sandbox.log.entries.slice(asked);
    expect(sent.length).toBeGreaterThan(5);
    expect(sent.filter(({ method }) => method !== 'GET')).toEqual([]);
    expect(await site.store.listNamed('')).toEqual(stored);
    expect(made).toMatchObject({
      task: { id: scene.task.taskId, frames: 4 },
      dataset: {
        masks: 4,
        emptyMasks: 0,
        shapes: scene.dataset.annotations,
        bytes: scene.dataset.preannotations.bytes,
      },
      frames: { matched: 4, withoutMask: 0 },
      holds: { shapes: 0, lost: 0 },
      jobs: [{ job: firstJob(scene), frames: [0, 1], state: 'new', action: 'send' }, { frames: [2, 3] }],
      jobCount: 2,
      inFlight: null,
      troubles: [],
    });
    const shapes = made.jobs.reduce((sum, job) => sum + job.shapes, 0);
    expect(shapes).toBe(scene.dataset.annotations);
    expect(made.labels.every(({ cvatLabel }) => cvatLabel === true)).toBe(true);
    expect(made.labels.some(({ frames, pixels }) => frames > 0 && pixels > frames)).toBe(true);
  });

  it('of a task that is only observed says what would be compared, whatever people draw there', async () => {
    const scene = await site.scene();
    await drawFirst(site, scene);
    const { masks } = scene.input;
    if (masks === null) throw new Error('the scene has masks');
    const observed = { masks: null, images: null, training: null };
    expect(await plan(scene, { ...observed, compareWith: masks })).toMatchObject({
      observed: true,
      dataset: { masks: 4, shapes: scene.dataset.annotations },
      frames: { matched: 4, withoutMask: 0 },
      holds: null,
      jobs: [],
      troubles: [],
    });
    expect(await plan(scene, observed)).toMatchObject({ observed: true, dataset: null, troubles: [] });
    expect(await plan(scene)).not.toHaveProperty('observed');
  });

  it('says of a task that people work on who made what it holds, and what CVAT itself would do', async () => {
    const scene = await site.scene();
    await drawFirst(site, scene);
    const made = await plan(scene);
    expect(codes(made)).toEqual(['TaskHoldsOtherShapes']);
    expect(made.troubles[0]?.cvat).toMatch(/^delete them/);
    expect(made.holds).toMatchObject({ shapes: 1, bySource: { manual: 1 }, lost: 0 });
    expect(made.jobs[0]).toMatchObject({ action: 'refuse' });
    const overwriting = await plan(scene, { overwrite: true });
    expect(codes(overwriting)).toEqual([]);
    expect(overwriting.holds?.lost).toBe(1);
    const onlyNew = await plan(scene, { importScope: 'new-jobs' });
    expect(onlyNew.jobs.map(({ action }) => action)).toEqual(['leave', 'send']);
    expect(onlyNew.jobs[0]?.reason).toBe('holds 1 shape (1 manual)');
    expect(await site.people.losses()).toEqual([]);
  });

  it('says which jobs are begun, and which import is under way', async () => {
    const scene = await site.scene();
    site.sandbox.importWorker.kill();
    const document = { bytes: await site.store.get(scene.dataset.document), fileName: 'theirs.json' };
    await site.cvat.startImport(scene.task.taskId, document);
    await site.cvat.updateJob(firstJob(scene), { state: 'completed' });
    const made = await plan(scene);
    expect(codes(made)).toEqual(['JobsStarted']);
    expect(made.inFlight).toMatchObject({ status: 'queued', owner: 'admin' });
    expect(made.jobs[0]).toMatchObject({
      state: 'completed',
      action: 'refuse',
      reason: 'is completed in the stage annotation',
    });
    site.sandbox.importWorker.start();
  });

  it('knows what our own untouched shapes would be replaced by', async () => {
    const scene = await site.scene();
    await site.import(scene);
    expect((await plan(scene)).jobs.map(({ action }) => action)).toEqual(['keep', 'keep']);
    const others = await describeFolder(join(site.dir, 'others', 'masks'));
    await site.people.correct(firstJob(scene));
    const rebuilt = await plan(scene, { importScope: 'rebuild', masks: others });
    expect(rebuilt.jobs.map(({ action }) => action)).toEqual(['leave', 'replace']);
    expect(codes(rebuilt)).toEqual([]);
  });

  it('says what would be made, and compares masks with the images it would be made from', async () => {
    const scene = await site.scene();
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-plan-'));
    await cp(new URL(scene.input.masks?.uri ?? ''), join(dir, 'masks'), { recursive: true });
    await cp(new URL(scene.input.masks?.uri ?? ''), join(dir, 'stray'), { recursive: true });
    const [name = ''] = await readdir(join(dir, 'stray'));
    await cp(join(dir, 'stray', name), join(dir, 'masks', '000002.png'));
    const masks = await describeFolder(join(dir, 'masks'));
    const made = await plan(scene, { task: 'not yet', masks });
    await rm(dir, { recursive: true });
    expect(made.task).toMatchObject({ id: null, url: null, frames: 4 });
    expect(codes(made)).toEqual(['FrameMismatch']);
    expect(made.troubles[0]?.cvat).toContain('000002.png on frame 2, ');
  });

  it('lists every trouble at once', async () => {
    const scene = await site.scene();
    const dir = await mkdtemp(join(tmpdir(), 'maskloop-plan-'));
    await writeFile(join(dir, 'a.png'), 'no picture');
    const masks = await describeFolder(dir);
    const made = await plan(scene, { project: 'nowhere', createProject: false, masks });
    await rm(dir, { recursive: true });
    expect(codes(made)).toEqual(['NotAPng', 'ProjectNotFound']);
    expect(made.dataset).toBeNull();
  });

  it('tells of every class without a label, drawn or not, once, unless a start would add them', async () => {
    const scene = await site.scene();
    const before = JSON.parse(Buffer.from(await site.store.get(scene.input.categories)).toString()) as unknown[];
    const added = [...before, { id: 91, name: 'clamp' }, { id: 92, name: 'gauze' }];
    const categories = await site.store.put(Buffer.from(JSON.stringify(added)));
    for (const task of [scene.input.task, 'not yet']) {
      const made = await plan(scene, { categories, task });
      expect(codes(made)).toEqual(['LabelMissing']);
      expect(made.troubles[0]?.facts).toMatchObject({ missing: ['clamp', 'gauze'] });
      expect(codes(await plan(scene, { categories, task, syncLabels: true }))).toEqual([]);
      expect(codes(await plan(scene, { categories, task, masks: null }))).toEqual([]);
    }
    const [renamed, ...others] = before as { id: number; name: string }[];
    const other = [{ ...renamed, name: 'something else' }, ...others];
    const drawn = await plan(scene, { categories: await site.store.put(Buffer.from(JSON.stringify(other))) });
    expect(codes(drawn)).toEqual(['LabelMissing']);
    expect(drawn.jobs.map(({ action }) => action)).toEqual(['send', 'send']);
  });

  it('tells of people whom CVAT does not know, whether they are to get jobs or to review', async () => {
    const scene = await site.scene();
    const pick = { kind: 'share', share: 1 } as const;
    const people = ['admin', 'nadja'];
    const assigned = await plan(scene, { people });
    expect(codes(assigned)).toEqual(['PersonNotFound']);
    expect(assigned.troubles[0]?.facts).toMatchObject({ missing: ['nadja'] });
    const both = await plan(scene, { people, review: { reviewers: ['oskar', 'nadja'], pick } });
    expect(both.troubles[0]?.facts).toMatchObject({ missing: ['nadja', 'oskar'] });
    expect(codes(await plan(scene, { masks: null, people }))).toEqual([]);
    expect(codes(await plan(scene, { people: ['admin'], review: { reviewers: ['admin'], pick } }))).toEqual([]);
  });
});
