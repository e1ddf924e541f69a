import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { FaultRule } from '../../src/sandbox/faults/fault.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import type { Faults } from '../../src/sandbox/faults/start-faults.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openActivitySite, type ActivitySite, type SiteOptions } from '../kit/activity-site.ts';
import { openBehindFaults } from '../kit/behind-faults.ts';
import { at, talk } from '../kit/talk.ts';
import { pngHeader } from '../unit/sandbox/cvat/make-task.ts';

const DATA = /\/api\/tasks\/\d+\/data$/;

let site: ActivitySite;
let faults: Faults | undefined;
afterEach(async () => {
  await site.close();
  await faults?.close();
  faults = undefined;
});

async function openFaulty(options: SiteOptions = {}): Promise<Faults> {
  const opened = await openBehindFaults(options);
  ({ site, faults } = opened);
  return opened.faults;
}

const tasks = () => [...site.sandbox.state.tasks.values()];

async function renameAll(): Promise<void> {
  for (const task of tasks()) task.name = 'renamed by somebody';
}

describe.each(['2.54.1', '2.73.0'] as const)('a crash while CVAT %s makes the task,', (version) => {
  const gaps: readonly (readonly [string, FaultRule, 'replaced' | 'adopted'])[] = [
    ['after it was made', { method: 'POST', path: /\/api\/tasks$/, fault: { kind: 'reset-after' } }, 'replaced'],
    ['before its images', { method: 'POST', path: DATA, fault: { kind: 'reset-before' } }, 'replaced'],
    ['amid its images', { method: 'POST', path: DATA, after: 1, fault: { kind: 'reset-during' } }, 'replaced'],
    ['after its images', { method: 'POST', path: DATA, after: 1, fault: { kind: 'reset-after' } }, 'replaced'],
    ['after Upload-Finish', { method: 'POST', path: DATA, after: 2, fault: { kind: 'reset-after' } }, 'adopted'],
  ];

  it.each(gaps)('%s leaves one task with the right frames, though it was renamed', async (_, rule, outcome) => {
    const layer = await openFaulty({ sandbox: { version } });
    layer.add({ ...rule, count: 1 });
    await expect(site.run('ensureTask', {})).rejects.toMatchObject({ type: 'CvatUnreachable', nonRetryable: false });
    const [left] = tasks();
    expect(left?.bugTracker).toBe(site.id);
    await renameAll();
    const found = await site.run('ensureTask', {});
    expect(found.taskId === left?.id ? 'adopted' : 'replaced').toBe(outcome);
    expect(tasks().map(({ id, bugTracker }) => ({ id, bugTracker }))).toEqual([
      { id: found.taskId, bugTracker: site.id },
    ]);
    expect(found).toMatchObject({ created: true, frames: 4, jobs: 2 });
    expect(await site.run('ensureTask', {})).toEqual(found);
  });
});

describe('the task of an iteration', () => {
  it('is not the one of another iteration whose key begins alike', async () => {
    site = await openActivitySite();
    const other = { ...site.input, task: 'Iteration_10' };
    const first = await site.run('ensureTask', { id: 'SurgVU/Iteration_10', input: other });
    const second = await site.run('ensureTask', {});
    expect(second.taskId).not.toBe(first.taskId);
  });

  it('is a question where one has the key and another the name', async () => {
    site = await openActivitySite();
    const made = await site.run('ensureTask', {});
    await renameAll();
    const named = await site.cvat.createTask({
      name: site.input.task,
      projectId: made.projectId,
      bugTracker: '',
      segmentSize: null,
    });
    await expect(site.run('ensureTask', {})).rejects.toMatchObject({ type: 'TaskAmbiguous', nonRetryable: true });
    expect(tasks().map(({ id }) => id)).toEqual([made.taskId, named.id]);
  });

  it('has no overlap, and its frames in the order of their names', async () => {
    site = await openActivitySite();
    const { taskId } = await site.run('ensureTask', {});
    const meta = await site.cvat.taskMeta(taskId);
    const names = meta.frames.map(({ name }) => name);
    expect(names).toEqual(names.toSorted());
    const jobs = await site.cvat.jobs(taskId);
    expect(jobs.map(({ startFrame, stopFrame }) => [startFrame, stopFrame])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it.each(['2.54.1', '2.73.0'] as const)('keeps the subfolders of its images on CVAT %s', async (version) => {
    site = await openActivitySite({ sandbox: { version } });
    const dir = site.scenes.imagesDir;
    await mkdir(join(dir, 'patient 1'));
    await rename(join(dir, 'frame_000000.png'), join(dir, 'patient 1', 'frame_000000.png'));
    const input = { ...site.input, images: await describeFolder(dir) };
    const { taskId, frames } = await site.run('ensureTask', { input });
    expect(frames).toBe(4);
    const meta = await site.cvat.taskMeta(taskId);
    expect(meta.frames.map(({ name }) => name)).toEqual([
      'frame_000001.png',
      'frame_000002.png',
      'frame_000003.png',
      'patient 1/frame_000000.png',
    ]);
  });

  it('takes files of the share by folder or by list, in the order of their names, and copies none', async () => {
    const share = new Map(
      ['b/2.png', 'b/1.png', 'b/c/3.png', 'b/notes.txt', 'a/0.png'].map((path) => [path, pngHeader(8, 6)]),
    );
    site = await openActivitySite({ sandbox: { share } });
    const input = { ...site.input, images: null, share: { folder: '/b/' } };
    const names = async (taskId: number): Promise<readonly string[]> =>
      (await site.cvat.taskMeta(taskId)).frames.map(({ name }) => name);
    const whole = await site.run('ensureTask', { input });
    expect(await names(whole.taskId)).toEqual(['b/1.png', 'b/2.png', 'b/c/3.png']);
    const list = await site.store.put(Buffer.from('b/2.png\n\n/a/0.png\r\n'));
    const listed = await site.run('ensureTask', {
      id: 'SurgVU/Two',
      input: { ...input, task: 'Two', share: { list } },
    });
    expect(await names(listed.taskId)).toEqual(['a/0.png', 'b/2.png']);
    const none = { ...input, task: 'Three', share: { folder: 'a/nothing' } };
    await expect(site.run('ensureTask', { id: 'SurgVU/Three', input: none })).rejects.toMatchObject({
      type: 'CvatRejected',
    });
  });
});

describe('the organization', () => {
  it('gets everything that is made, though the same names are taken elsewhere', async () => {
    site = await openActivitySite({ organization: 'surgery' });
    const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
    const json = { authorization: `Basic ${login}`, 'content-type': 'application/json' };
    const post = async (path: string, body: object): Promise<unknown> =>
      (await talk(site.sandbox.url, 'POST', path, { json: body, headers: json })).json;
    const organization = at(await post('/api/organizations', { slug: 'surgery' }), 'id');
    const personal = at(await post('/api/projects', { name: site.input.project, labels: [] }), 'id');
    await post('/api/tasks', { name: site.input.task, project_id: personal, bug_tracker: site.id });
    const found = await site.run('ensureTask', {});
    expect(found.projectId).not.toBe(personal);
    const { projects, tasks: all } = site.sandbox.state;
    expect(projects.get(found.projectId)?.organizationId).toBe(organization);
    expect(all.get(found.taskId)?.organizationId).toBe(organization);
    expect(tasks()).toHaveLength(2);
  });
});

describe('the project', () => {
  it('is one, though two iterations make it at the same time', async () => {
    site = await openActivitySite();
    const one = { id: 'SurgVU/A', input: { ...site.input, task: 'A' } };
    const two = { id: 'SurgVU/B', input: { ...site.input, task: 'B' } };
    const found = await Promise.all([site.run('ensureTask', one), site.run('ensureTask', two)]);
    expect([...site.sandbox.state.projects.values()].map(({ id }) => id)).toEqual([found[0].projectId]);
    expect(found[1].projectId).toBe(found[0].projectId);
    expect(
      tasks()
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual(['A', 'B']);
  });
});
