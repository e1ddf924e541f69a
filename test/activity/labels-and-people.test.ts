import { afterEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import { createCvat } from '../../src/cvat/client.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { taskJobs } from '../../src/sandbox/cvat/state/jobs.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';

let site: ActivitySite;
afterEach(async () => site.close());

/** A project that has these labels, before anything else is made. */
async function withLabels(labels: readonly string[]): Promise<number> {
  site = await openActivitySite();
  return (await site.cvat.createProject({ name: site.input.project, labels })).id;
}

const labelNames = () => [...site.sandbox.state.labels.values()].map(({ name }) => name);

async function match(changes: Partial<IterationInput> = {}) {
  const input = { ...site.input, ...changes };
  const dataset = await site.convert(input);
  const task = await site.run('ensureTask', { input });
  return site.run('matchLabels', { input, task, dataset });
}

describe('the labels of the project', () => {
  it('make one table with the classes of masks and model, whatever their order', async () => {
    site = await openActivitySite();
    const [first, second] = await site.store.get(site.input.categories).then((bytes) => {
      return JSON.parse(Buffer.from(bytes).toString()) as { id: number; name: string }[];
    });
    const names = labelNamesOf(await site.store.get(site.input.categories));
    await site.cvat.createProject({ name: site.input.project, labels: ['free', ...names.toReversed()] });
    const { rows, classes, withoutCategory, added } = await match();
    expect([classes, withoutCategory, added]).toEqual([names.length, ['free'], []]);
    expect(rows.map(({ value, name }) => ({ id: value, name })).slice(0, 2)).toMatchObject([
      { id: first?.id, name: first?.name },
      { id: second?.id, name: second?.name },
    ]);
    const ids = new Map([...site.sandbox.state.labels.values()].map(({ name, id }) => [name, id]));
    expect(rows.every(({ labelId, name }) => labelId === ids.get(name))).toBe(true);
    expect(rows.every(({ modelIndex }) => modelIndex !== null && modelIndex > 0)).toBe(true);
    expect(rows.some(({ frames, pixels }) => frames > 0 && pixels > frames)).toBe(true);
  });

  it('are refused with the near misses where one is missing, and nothing is changed', async () => {
    site = await openActivitySite();
    const names = labelNamesOf(await site.store.get(site.input.categories));
    const [first = ''] = names;
    const labels = [first.toUpperCase(), ...names.slice(1)];
    await site.cvat.createProject({ name: site.input.project, labels });
    await expect(match()).rejects.toMatchObject({
      type: 'LabelMissing',
      message: `The CVAT project has no label "${first}" (but "${first.toUpperCase()}").`,
      details: [{ missing: [first], near: { [first]: [first.toUpperCase()] } }],
    });
    expect(labelNames()).toEqual(labels);
  });

  it('are added where that is wanted, with a colour, and none is renamed or removed', async () => {
    const project = await withLabels(['old', 'older']);
    const before = [...site.sandbox.state.labels.values()].map((label) => ({ ...label }));
    const names = labelNamesOf(await site.store.get(site.input.categories));
    const { added, rows } = await match({ syncLabels: true });
    expect(added).toEqual(names);
    expect(rows.every(({ labelId }) => labelId !== null)).toBe(true);
    const after = [...site.sandbox.state.labels.values()];
    expect(after.slice(0, 2)).toEqual(before);
    expect(after.slice(2).map(({ name, projectId }) => [name, projectId])).toEqual(
      names.map((name) => [name, project]),
    );
    expect(new Set(after.slice(2).map(({ color }) => color)).size).toBe(names.length);
    expect((await match({ syncLabels: true })).added).toEqual([]);
    expect(labelNames()).toEqual(['old', 'older', ...names]);
  });

  it('are added once, though two iterations add them at the same time', async () => {
    await withLabels([]);
    const input = { ...site.input, syncLabels: true };
    const task = await site.run('ensureTask', { input });
    const both = await Promise.all([1, 2].map(() => site.run('matchLabels', { input, task, dataset: null })));
    expect(both[0]?.rows).toEqual(both[1]?.rows);
    expect(new Set(labelNames()).size).toBe(labelNames().length);
  });
});

function labelNamesOf(bytes: Uint8Array): readonly string[] {
  return (JSON.parse(Buffer.from(bytes).toString()) as { name: string }[]).map(({ name }) => name);
}

describe('the categories of a project', () => {
  it('count from 1 in the order in which the labels were made', async () => {
    await withLabels(['spleen', 'liver']);
    const found = await site.run('readProjectCategories', { connection: 'default', project: site.input.project });
    expect(found.rows).toEqual([
      { value: 1, name: 'spleen' },
      { value: 2, name: 'liver' },
    ]);
    const stored: unknown = JSON.parse(Buffer.from(await site.store.get(found.categories)).toString());
    expect(stored).toEqual([
      { id: 1, name: 'spleen' },
      { id: 2, name: 'liver' },
    ]);
    const nobody = { connection: 'default', project: 'nobody' };
    await expect(site.run('readProjectCategories', nobody)).rejects.toMatchObject({ type: 'ProjectNotFound' });
  });
});

describe('the people of an iteration', () => {
  const USERS = ['anna', 'ben', 'cleo'].map((username) => ({ username, password: 'maskloop-sandbox' }));

  async function assigned(people: readonly string[]) {
    const input = { ...site.input, people, segmentSize: 1 };
    const task = await site.run('ensureTask', { input });
    const found = await site.run('findPeople', { input });
    return { input, task, people: found };
  }

  const assignees = (taskId: number): readonly (string | undefined)[] =>
    taskJobs(site.sandbox.state, taskId).map(
      ({ assigneeId }) => site.sandbox.state.users.get(assigneeId ?? 0)?.username,
    );

  it('get the jobs that nobody has by turns, and a further try changes nothing', async () => {
    site = await openActivitySite({ sandbox: { users: USERS } });
    const args = await assigned(['anna', 'ben']);
    const first = await site.run('assignJobs', args);
    expect(first).toEqual({
      people: [
        { username: 'anna', jobs: 2, frames: 2 },
        { username: 'ben', jobs: 2, frames: 2 },
      ],
      others: 0,
    });
    expect(assignees(args.task.taskId)).toEqual(['anna', 'ben', 'anna', 'ben']);
    const before = taskJobs(site.sandbox.state, args.task.taskId).map(({ updated }) => updated);
    expect(await site.run('assignJobs', args)).toEqual(first);
    expect(taskJobs(site.sandbox.state, args.task.taskId).map(({ updated }) => updated)).toEqual(before);
  });

  it('leave to others what others were given, before or since', async () => {
    site = await openActivitySite({ sandbox: { users: USERS } });
    const args = await assigned(['anna', 'ben']);
    const cleo = [...site.sandbox.state.users.values()].find(({ username }) => username === 'cleo');
    const [job] = await site.cvat.jobs(args.task.taskId);
    await site.cvat.updateJob(job?.id ?? 0, { assignee: cleo?.id ?? 0 });
    expect((await site.run('assignJobs', args)).others).toBe(1);
    expect(assignees(args.task.taskId)).toEqual(['cleo', 'anna', 'ben', 'anna']);
  });

  it('leave to others a job that somebody takes while the jobs are given out', async () => {
    site = await openActivitySite({ sandbox: { users: USERS } });
    const args = await assigned(['anna', 'ben']);
    const { state } = site.sandbox;
    const cleo = [...state.users.values()].find(({ username }) => username === 'cleo');
    const last = taskJobs(state, args.task.taskId).at(-1);
    state.listeners.add({
      refreshed: () => undefined,
      noticed: ({ kind }) => {
        if (kind === 'job' && last !== undefined) last.assigneeId = cleo?.id ?? null;
        return () => undefined;
      },
    });
    expect((await site.run('assignJobs', args)).others).toBe(1);
    expect(assignees(args.task.taskId)).toEqual(['anna', 'ben', 'anna', 'cleo']);
  });

  it('are refused with the near misses where nobody has the name', async () => {
    site = await openActivitySite({ sandbox: { users: USERS } });
    await expect(assigned(['anna', 'Bem'])).rejects.toMatchObject({ type: 'PersonNotFound', nonRetryable: true });
    await expect(assigned(['Anna'])).rejects.toMatchObject({
      message: 'CVAT knows nobody named "Anna" (but "anna").',
    });
  });

  it('are members of the organization, where there is one', async () => {
    site = await openActivitySite({ sandbox: { users: USERS }, organization: 'surgery' });
    const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
    await fetch(`${site.sandbox.url}/api/organizations`, {
      method: 'POST',
      headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
      body: '{"slug":"surgery"}',
    });
    const outside = createCvat({
      url: site.sandbox.url,
      credentials: async () => ({ kind: 'password', ...SANDBOX_ADMIN }),
    });
    expect((await outside.people()).map(({ username }) => username)).toContain('anna');
    const input = { ...site.input, people: ['anna'] };
    await expect(site.run('findPeople', { input })).rejects.toMatchObject({ type: 'PersonNotFound' });
    expect(await site.run('findPeople', { input: { ...input, people: ['admin'] } })).toHaveLength(1);
  });
});
