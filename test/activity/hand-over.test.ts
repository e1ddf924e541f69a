import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { HandOverPlan, ReviewOptions, ReviewRecord } from '../../src/contracts/waiting.ts';
import type { Job } from '../../src/cvat/cvat.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { draw } from '../kit/annotate.ts';
import { openPeopleSite, type PeopleSite } from '../kit/people-site.ts';
import { PLAYED_VERSIONS } from '../kit/played-versions.ts';

const REVIEW: ReviewOptions = { reviewers: ['rita', 'raul'], pick: { kind: 'all' } };

/** What CVAT shows of a job, in a word each. */
const shown = ({ stage, state, assignee }: Job): string => `${stage}, ${state}, ${assignee}`;

describe.each(PLAYED_VERSIONS)('the hand-over of jobs in CVAT %s', (version) => {
  let site: PeopleSite;
  let input: IterationInput;
  let review: ReviewRecord | null = null;
  beforeAll(async () => {
    site = await openPeopleSite(version);
    input = { ...site.input, review: REVIEW };
    for (const name of ['ana', 'rita', 'raul', 'ben']) site.person(name);
  });
  afterAll(async () => site.close());

  const plan = async (): Promise<HandOverPlan> => {
    const made = await site.run('planHandOver', { input, task: site.task, review });
    ({ review } = made);
    return made;
  };
  const handOver = async () => site.run('handOver', { input, task: site.task, plan: await plan() });
  const set = async (index: number, change: Parameters<PeopleSite['cvat']['updateJob']>[1]) =>
    site.cvat.updateJob(site.jobs[index] ?? 0, change);
  const poll = async () => {
    const terms = {
      deadline: null,
      policy: 'attention',
      approved: [],
      review,
      importedShapes: 0,
      labelTable: null,
    } as const;
    return site.run('checkCompletion', { input, task: site.task, terms });
  };

  it('is asked for by the poll as soon as a job is completed, and not before', async () => {
    await set(0, { assignee: site.person('ana'), state: 'in progress' });
    await set(1, { assignee: site.person('rita'), state: 'in progress' });
    await expect(poll()).rejects.toMatchObject({ type: 'AnnotationPending' });
    await set(0, { state: 'completed' });
    await expect(poll()).rejects.toMatchObject({ type: 'HandOverDue', nonRetryable: true });
  });

  it('waits for the quiet period of the job: its annotator may still draw', async () => {
    const loud = { ...input, seal: { quietMs: 3_600_000 } };
    expect((await site.run('planHandOver', { input: loud, task: site.task, review })).handOvers).toEqual([]);
    await set(1, { state: 'completed' });
    await expect(site.run('checkCompletion', { input: loud, task: site.task })).rejects.toMatchObject({
      type: 'AnnotationPending',
    });
    const mostChanged = { ...loud, review: { ...REVIEW, pick: { kind: 'mostChanged', jobs: 1 } } } as const;
    expect((await site.run('planHandOver', { input: mostChanged, task: site.task, review })).review.picked).toBeNull();
    await set(1, { state: 'in progress' });
  });

  it('of the jobs with the most changes is dropped by the last deadline, and by none that will be moved', async () => {
    const completion = { ...input.completion, atLeast: 0.5 };
    const fraction = { ...input, completion, review: { ...REVIEW, pick: { kind: 'mostChanged', jobs: 1 } } } as const;
    const at = (more: object) => {
      const terms = {
        policy: 'attention',
        approved: [],
        review,
        importedShapes: 0,
        labelTable: null,
        ...more,
      } as const;
      const deadline = '2026-01-01T00:00:00.000Z';
      return site.run('checkCompletion', { input: fraction, task: site.task, terms: { ...terms, deadline } });
    };
    await expect(at({ moreTime: true })).rejects.toMatchObject({ type: 'DeadlinePassed' });
    expect(await at({})).toMatchObject({ why: 'enough' });
  });

  it('moves stage, state and assignee at once, and remembers whose the job was', async () => {
    const changes = () => site.log.count({ server: 'cvat', method: 'PATCH', path: /^\/api\/jobs\// });
    const before = changes();
    expect(await handOver()).toEqual({ done: [site.jobs[0]], left: [] });
    expect(changes() - before).toBe(1);
    expect(shown(await site.job(0))).toBe('validation, new, rita');
    expect(review?.annotators).toEqual({ ana: [site.jobs[0]] });
  });

  it('gives a reviewer their own work to nobody but another reviewer', async () => {
    await set(1, { state: 'completed' });
    expect(await handOver()).toMatchObject({ done: [site.jobs[1]] });
    expect(shown(await site.job(1))).toBe('validation, new, raul');
  });

  it('has nothing to do while people review', async () => {
    expect((await plan()).handOvers).toEqual([]);
    await expect(poll()).rejects.toMatchObject({ type: 'AnnotationPending' });
  });

  it('brings a rejected job back to its annotator, and to the same reviewer after that', async () => {
    await set(0, { state: 'rejected' });
    await handOver();
    expect(shown(await site.job(0))).toBe('annotation, in progress, ana');
    await set(0, { state: 'completed' });
    await handOver();
    expect(shown(await site.job(0))).toBe('validation, new, rita');
  });

  it('does not undo what a person did after the plan was made', async () => {
    await set(0, { state: 'completed' });
    const stale = await plan();
    await set(0, { state: 'in progress' });
    expect(await site.run('handOver', { input, task: site.task, plan: stale })).toEqual({
      done: [],
      left: [site.jobs[0]],
    });
    expect(shown(await site.job(0))).toBe('validation, in progress, rita');
  });

  it('finds its own earlier work after a crash in between', async () => {
    await set(0, { state: 'completed' });
    const made = await plan();
    await site.run('handOver', { input, task: site.task, plan: made });
    expect(shown(await site.job(0))).toBe('acceptance, completed, rita');
    const before = (await site.job(0)).updatedAt;
    expect(await site.run('handOver', { input, task: site.task, plan: made })).toEqual({
      done: [site.jobs[0]],
      left: [],
    });
    expect((await site.job(0)).updatedAt).toBe(before);
  });

  it('ends when all jobs are accepted, and forgets whose they were', async () => {
    await set(1, { state: 'completed' });
    await handOver();
    expect(await poll()).toMatchObject({ jobs: 2 });
    await plan();
    expect(review).toMatchObject({ annotators: {}, reviewers: {} });
  });

  it('names a reviewer whom CVAT does not know before people begin', async () => {
    const misspelt = { ...input, review: { ...REVIEW, reviewers: ['rita', 'Raul'] } };
    await expect(site.run('ensureTask', { input: misspelt })).rejects.toMatchObject({
      type: 'PersonNotFound',
      message: expect.stringContaining('"Raul"'),
    });
  });

  it('asks a person where a job has no reviewer but its annotator', async () => {
    await set(0, { stage: 'annotation', state: 'completed', assignee: site.person('rita') });
    const alone = { ...input, review: { ...REVIEW, reviewers: ['rita'] } };
    await expect(site.run('checkCompletion', { input: alone, task: site.task })).rejects.toMatchObject({
      type: 'NoReviewer',
      message: expect.stringContaining(`job ${site.jobs[0]}`),
    });
  });

  it('picks the jobs that people changed most once all are completed', async () => {
    await draw(site, site.task, 2);
    await draw(site, site.task, 3);
    const picky = { ...input, review: { ...REVIEW, pick: { kind: 'mostChanged', jobs: 1 } } } as const;
    const made = async (record: ReviewRecord | null) =>
      site.run('planHandOver', { input: picky, task: site.task, review: record });
    await set(0, { stage: 'annotation', state: 'completed', assignee: site.person('ana') });
    await set(1, { stage: 'annotation', state: 'in progress', assignee: site.person('ana') });
    expect(await made(null)).toMatchObject({ handOvers: [], review: { picked: null } });
    await set(1, { state: 'completed' });
    await expect(site.run('checkCompletion', { input: picky, task: site.task })).rejects.toMatchObject({
      type: 'HandOverDue',
    });
    const first = await made(null);
    expect(first.review.picked).toEqual([site.jobs[1]]);
    expect(first.handOvers).toMatchObject([{ job: site.jobs[1], what: 'to review', to: 'rita' }]);
  });

  describe('at the word of a person', () => {
    const reassign = async (from: string, to: string, job: number | null = null, record: ReviewRecord | null = null) =>
      site.run('reassignJobs', { task: site.task, reassignment: { from, to, job }, review: record });

    it('gives open jobs of one person to another and leaves stage and state', async () => {
      await set(0, { stage: 'annotation', state: 'in progress', assignee: site.person('ana') });
      await set(1, { stage: 'annotation', state: 'completed', assignee: site.person('ana') });
      expect(await reassign('ana', 'ben')).toEqual({ jobs: [site.jobs[0]] });
      expect(shown(await site.job(0))).toBe('annotation, in progress, ben');
      expect(shown(await site.job(1))).toBe('annotation, completed, ana');
    });

    it('says so where there is no such job or person', async () => {
      await expect(reassign('ana', 'ben')).rejects.toMatchObject({ type: 'NoOpenJobs' });
      await expect(reassign('ben', 'raul', site.jobs[1])).rejects.toMatchObject({ type: 'NoOpenJobs' });
      await expect(reassign('ben', 'nobody')).rejects.toMatchObject({ type: 'PersonNotFound' });
    });

    it('never gives a job in review to its annotator', async () => {
      await set(0, { stage: 'validation', state: 'new', assignee: site.person('rita') });
      const record = { annotators: { ben: [site.jobs[0] ?? 0] }, reviewers: {}, picked: null };
      await expect(reassign('rita', 'ben', null, record)).rejects.toMatchObject({ type: 'NoOpenJobs' });
      expect(await reassign('rita', 'raul', null, record)).toEqual({ jobs: [site.jobs[0]] });
    });
  });
});

describe('a poll', () => {
  it('remembers from look to look which jobs were complete, and names those that are reopened', async () => {
    const site = await openPeopleSite('2.73.0');
    try {
      const look = async (details: unknown) => {
        const env = details === null ? quietEnvironment() : new MockActivityEnvironment({ heartbeatDetails: details });
        let told: unknown = null;
        env.on('heartbeat', (report: unknown) => (told = report));
        const failure = await site.run('checkCompletion', { task: site.task }, env).then(
          () => '',
          (error: unknown) => (error as Error).message,
        );
        return { failure, told };
      };
      const [first] = site.jobs;
      await site.cvat.updateJob(first ?? 0, { state: 'completed' });
      const before = await look(null);
      expect(before.failure).not.toContain('reopened');
      await site.cvat.updateJob(first ?? 0, { state: 'in progress' });
      const after = await look(before.told);
      expect(after.failure).toContain(`job ${first} was reopened`);
      expect((await look(after.told)).failure).toContain(`job ${first} was reopened`);
      // A wake-up, a pause or a hand-over begins the poll anew, and nothing of its reports is left.
      expect((await look(null)).failure).toContain(`job ${first} was reopened`);
      await site.cvat.updateJob(first ?? 0, { state: 'completed' });
      expect((await look(after.told)).failure).not.toContain('reopened');
      await site.cvat.updateJob(first ?? 0, { state: 'in progress' });
      expect((await look(null)).failure).toContain(`job ${first} was reopened`);
      const other = { ...site.task, url: 'http://elsewhere/tasks/1' };
      await expect(site.run('checkCompletion', { task: other })).rejects.not.toThrow(/reopened/);
    } finally {
      await site.close();
    }
  });
});
