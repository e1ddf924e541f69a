import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { CompletionRef } from '../../src/contracts/refs.ts';
import type { ReviewPick, ReviewRecord } from '../../src/contracts/waiting.ts';
import { draw } from '../kit/annotate.ts';
import { openPeopleSite, type PeopleSite } from '../kit/people-site.ts';

const HOUR_MS = 3_600_000;
const REOPENED = { type: 'TaskReopened', nonRetryable: true };

describe('a seal of a task that the iteration goes on with before all its jobs are done', () => {
  let site: PeopleSite;
  let ended: CompletionRef;
  beforeEach(async () => {
    site = await openPeopleSite('2.73.0');
    const [, open = 0] = site.jobs;
    ended = { jobs: 2, completedAt: new Date().toISOString(), why: 'deadline', unfinished: [[open, open]] };
    await set(0, { state: 'completed' });
  });
  afterEach(async () => site.close());

  const set = async (index: number, change: Parameters<PeopleSite['cvat']['updateJob']>[1]) =>
    site.cvat.updateJob(site.jobs[index] ?? 0, change);

  it('takes no label from a job that was told to be unfinished, also if it is completed meanwhile', async () => {
    const { task } = site;
    expect(await site.run('sealLabels', { task, completion: ended })).toMatchObject({ unfinishedFrames: 2 });
    await set(1, { state: 'completed' });
    expect(await site.run('sealLabels', { task, completion: ended })).toMatchObject({ unfinishedFrames: 2 });
    expect(await site.run('exportLabels', { task, completion: ended })).toMatchObject({ frames: 2 });
  });

  it('waits for quiet in the jobs that it seals, and lets people go on in the others', async () => {
    const { task } = site;
    const input = { ...site.input, seal: { quietMs: HOUR_MS } };
    const quiet = async () => site.run('awaitQuiet', { task, input, completion: ended });
    const before = new Date(Date.now() - 2 * HOUR_MS).toISOString();
    const sealed = site.sandbox.state.jobs.get(site.jobs[0] ?? 0);
    if (sealed === undefined) throw new Error('the stand-in lost a job');
    sealed.updated = before;
    await draw(site, task, 2);
    expect(Date.parse((await site.job(1)).updatedAt)).toBeGreaterThan(Date.now() - HOUR_MS);
    expect(await quiet()).toEqual({ lastEditAt: before });
    expect(await site.run('sealLabels', { task, input, completion: ended })).toMatchObject({ lastEditAt: before });
    await draw(site, task, 0);
    await expect(quiet()).rejects.toMatchObject({ type: 'LabelsNotQuiet' });
  });

  describe('with a review', () => {
    const reviewed = (pick: ReviewPick): IterationInput => ({ ...site.input, review: { reviewers: ['rita'], pick } });
    const NOBODY: ReviewRecord = { annotators: {}, reviewers: {}, picked: null };

    it('sends back to people what is completed again without being accepted again', async () => {
      const { task } = site;
      const input = reviewed({ kind: 'all' });
      await set(0, { stage: 'acceptance', state: 'completed' });
      expect(await site.run('sealLabels', { task, input, completion: ended })).toMatchObject({ unfinishedFrames: 2 });
      await set(0, { stage: 'annotation', state: 'completed' });
      await expect(site.run('awaitQuiet', { task, input, completion: ended })).rejects.toMatchObject(REOPENED);
      await expect(site.run('sealLabels', { task, input, completion: ended })).rejects.toMatchObject(REOPENED);
    });

    it('takes a job that nobody looks at again as soon as it is completed', async () => {
      const { task } = site;
      const input = reviewed({ kind: 'mostChanged', jobs: 1 });
      await set(1, { stage: 'annotation', state: 'completed' });
      const { unfinished: _, why: __, ...all } = ended;
      const [first = 0, second = 0] = site.jobs;
      const picked = (job: number) => ({ task, input, completion: all, review: { ...NOBODY, picked: [job] } });
      await expect(site.run('sealLabels', picked(first))).rejects.toMatchObject(REOPENED);
      await set(0, { stage: 'acceptance', state: 'completed' });
      await expect(site.run('sealLabels', picked(second))).rejects.toMatchObject(REOPENED);
      expect(await site.run('sealLabels', picked(first))).toMatchObject({ unfinishedFrames: 0 });
    });

    it('goes on with what is completed where the deadline came before it was known what to look at', async () => {
      const { task } = site;
      const input = reviewed({ kind: 'mostChanged', jobs: 1 });
      expect(await site.run('sealLabels', { task, input, completion: ended, review: NOBODY })).toMatchObject({
        unfinishedFrames: 2,
      });
    });

    it('has nothing to do where the task is only observed', async () => {
      const { task } = site;
      const input = { ...reviewed({ kind: 'all' }), masks: null };
      expect(await site.run('sealLabels', { task, input, completion: ended })).toMatchObject({ unfinishedFrames: 2 });
    });
  });
});
