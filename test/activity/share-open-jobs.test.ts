import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { CompletionRef } from '../../src/contracts/refs.ts';
import { carriedFrames, readCarriedFrames } from '../../src/receipts/carried-frames.ts';
import { verifyReceipt } from '../../src/receipts/verify/verify-receipt.ts';
import { refusedBy } from '../kit/training-desk.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { openPeopleSite, type PeopleSite } from '../kit/people-site.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';

const PAST = '2026-01-01T00:00:00.000Z';

describe.each(['2.54.1', '2.73.0'] as const)('a deadline that has passed in CVAT %s', (version) => {
  let site: PeopleSite;
  beforeAll(async () => {
    site = await openPeopleSite(version);
    for (const name of ['ana', 'ben', 'carl']) site.person(name);
  });
  afterAll(async () => site.close());

  const share = async (people: readonly string[], changes: Partial<IterationInput> = {}) =>
    site.run('shareOpenJobs', { input: { ...site.input, ...changes }, task: site.task, people, idleMs: 0 });
  const set = async (index: number, change: Parameters<PeopleSite['cvat']['updateJob']>[1]) =>
    site.cvat.updateJob(site.jobs[index] ?? 0, change);
  const assignees = async () => [(await site.job(0)).assignee, (await site.job(1)).assignee];

  it('gives open jobs to those who are named, and leaves what was drawn, stage and state', async () => {
    await set(0, { assignee: site.person('carl'), state: 'in progress' });
    const drawn = JSON.stringify(await site.cvat.jobAnnotations(site.jobs[0] ?? 0));
    expect(await share(['ana', 'ben'])).toEqual({ jobs: 2, frames: 4, others: 0 });
    expect(await assignees()).toEqual(['ana', 'ben']);
    expect(await site.job(0)).toMatchObject({ state: 'in progress', stage: 'annotation' });
    expect(JSON.stringify(await site.cvat.jobAnnotations(site.jobs[0] ?? 0))).toBe(drawn);
  });

  it('takes no job from under an editor that was in use lately, names it, and gives it away once it rests', async () => {
    await set(0, { assignee: site.person('carl') });
    const [first = 0] = site.jobs;
    const give = async () => site.run('shareOpenJobs', { task: site.task, people: ['ana', 'ben'] });
    const left = await give();
    expect(left).toMatchObject({ jobs: 1, frames: 2, others: 1, busy: [first] });
    expect(await assignees()).toEqual(['carl', 'ben']);
    const { updatedAt } = await site.job(0);
    expect(Date.parse(left.againAt ?? '')).toBe(Date.parse(updatedAt) + 20 * 60_000);
    const held = site.sandbox.state.jobs.get(first);
    if (held === undefined) throw new Error('the stand-in has the job');
    held.updated = new Date(Date.now() - 21 * 60_000).toISOString();
    expect(await give()).toEqual({ jobs: 2, frames: 4, others: 0 });
    expect(await assignees()).toEqual(['ana', 'ben']);
  });

  it('leaves a job that was completed, or given to a third person, since the jobs were listed', async () => {
    await set(0, { assignee: site.person('carl'), state: 'in progress' });
    await set(1, { assignee: site.person('carl'), state: 'in progress' });
    const [, second = 0] = site.jobs;
    const held = site.sandbox.state.jobs.get(second);
    if (held === undefined) throw new Error('the stand-in has the job');
    const change = async (meanwhile: Partial<typeof held>, told: object) => {
      await set(0, { assignee: site.person('carl') });
      await set(1, { assignee: site.person('carl'), state: 'in progress' });
      const env = quietEnvironment();
      // The first job has been given away, and the second is not yet looked at.
      env.on('heartbeat', (progress: unknown) => {
        if (JSON.stringify(progress ?? null).includes('"done":1')) Object.assign(held, meanwhile);
      });
      const given = { input: site.input, task: site.task, people: ['ana', 'ben'], idleMs: 0 };
      await site.run('shareOpenJobs', given, env);
      expect((await site.job(0)).assignee).toBe('ana');
      expect(await site.job(1)).toMatchObject(told);
    };
    await change({ state: 'completed' }, { assignee: 'carl', state: 'completed' });
    await change({ assigneeId: site.person('dora') }, { assignee: 'dora' });
    await set(0, { assignee: site.person('ana') });
    await set(1, { assignee: site.person('ben') });
  });

  it('has a poll ask once the jobs that were left are to be looked at again', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    expect(await site.poll({ sharingDueAt: PAST })).toMatchObject({ code: 'SharingDue' });
    expect(await site.poll({ sharingDueAt: inAnHour })).toMatchObject({ code: 'AnnotationPending' });
  });

  it('is met a second time without a write', async () => {
    const writes = () => site.log.count({ server: 'cvat', method: 'PATCH', path: /^\/api\/jobs\// });
    const before = writes();
    expect(await share(['ben', 'ana'])).toEqual({ jobs: 2, frames: 4, others: 0 });
    expect([writes() - before, await assignees()]).toEqual([0, ['ana', 'ben']]);
  });

  it('leaves finished work and a review where they are when jobs have to be accepted', async () => {
    const completion = { ...site.input.completion, rule: 'acceptance' } as const;
    await set(0, { assignee: site.person('carl'), state: 'completed' });
    await set(1, { stage: 'validation', state: 'in progress' });
    expect(await share(['ana'], { completion })).toEqual({ jobs: 0, frames: 0, others: 0 });
    expect(await assignees()).toEqual(['carl', 'ben']);
    await set(0, { state: 'in progress', assignee: site.person('ana') });
    await set(1, { stage: 'annotation', state: 'new' });
  });

  it('leaves a completed job whose it is, and names whom CVAT does not know', async () => {
    await set(1, { state: 'completed' });
    expect(await share(['carl'])).toEqual({ jobs: 1, frames: 2, others: 0 });
    expect(await assignees()).toEqual(['carl', 'ben']);
    const refused = await refusedBy(share(['anna']));
    expect(refused).toMatchObject({ type: 'PersonNotFound', facts: { missing: ['anna'], near: { anna: ['ana'] } } });
    const more = { byMs: 1, times: 1, people: ['anna'], last: 'attention' } as const;
    const deadline = { at: PAST, afterMs: null, policy: 'reassign', more } as const;
    const input = { ...site.input, completion: { ...site.input.completion, deadline } };
    expect(await refusedBy(site.run('ensureTask', { input }))).toMatchObject({ type: 'PersonNotFound' });
    expect((await site.run('planIteration', { input })).troubles.map(({ code }) => code)).toContain('PersonNotFound');
  });

  it('carries the frames of the others in a list of numbers and names, which the receipt names and verification counts', async () => {
    const ended = (await site.poll({ deadline: PAST, policy: 'carry' })) as CompletionRef;
    expect(ended).toMatchObject({ why: 'deadline', carried: true, unfinishedFrames: { total: 2, first: [[0, 1]] } });
    const names = (await site.cvat.taskMeta(site.task.taskId)).frames.map(({ name }) => name);
    const carried = await readCarriedFrames(site.store, { results: { completion: ended } });
    expect(carried).toEqual({
      schema: 'maskloop.carried/1',
      connection: 'default',
      project: site.input.project,
      task: site.input.task,
      taskId: site.task.taskId,
      frames: [
        { frame: 0, name: names[0] },
        { frame: 1, name: names[1] },
      ],
    });
    expect(await site.poll({ deadline: PAST, policy: 'carry' })).toMatchObject({ carriedFrames: ended.carriedFrames });
    expect(await readCarriedFrames(site.store, { results: {} })).toBeNull();
    const ref = ended.carriedFrames ?? site.input.categories;
    expect(() => carriedFrames(Buffer.from('[]'), ref)).toThrow(expect.objectContaining({ code: 'ArtifactCorrupt' }));
    await recordReceipt(site, { completion: ended });
    const verify = async () => verifyReceipt(site.store, site.id, { signal: new AbortController().signal });
    expect((await verify()).recounted).toContainEqual({ what: 'carried frames', stated: '2', counted: '2' });
    const wrong = { ...ended, unfinishedFrames: { total: 3, first: [[0, 2]] as const } };
    await recordReceipt(site, { completion: wrong }, { id: 'SurgVU/wrong', input: { ...site.input, task: 'wrong' } });
    const found = await verifyReceipt(site.store, 'SurgVU/wrong', { signal: new AbortController().signal });
    expect(found.failures).toMatchObject([{ at: 'carried frames' }]);
  });

  it('carries nothing where all jobs are complete', async () => {
    await set(0, { state: 'completed' });
    const ended = await site.poll({ deadline: PAST, policy: 'carry' });
    expect(ended).toMatchObject({ jobs: 2 });
    expect(ended).not.toHaveProperty('carriedFrames');
  });
});
