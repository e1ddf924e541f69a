import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { allRanges } from '../../src/activities/kept-ranges.ts';
import type { CompletionRef } from '../../src/contracts/refs.ts';
import { CVAT_VERSIONS } from '../../src/sandbox/cvat/state/version.ts';
import { openPeopleSite, type PeopleSite } from '../kit/people-site.ts';
import { alter, attention, change, completed, pending, send, SITUATIONS } from './situations.ts';

describe.each(CVAT_VERSIONS)('a poll of CVAT %s', (version) => {
  let site: PeopleSite;
  beforeAll(async () => {
    site = await openPeopleSite(version);
  });
  afterAll(async () => site.close().catch(() => undefined));

  it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))(
    'tells when %s',
    async (_, situation) => {
      await situation.happens(site);
      expect(await site.poll(situation.terms)).toMatchObject(situation.outcome);
    },
  );
});

describe('a poll', () => {
  let site: PeopleSite;
  beforeAll(async () => {
    site = await openPeopleSite('2.73.0');
  });
  afterAll(async () => site.close());

  it('finds the replicas of a consensus task no more complete than its jobs', async () => {
    await change(site, completed, completed);
    const [first] = [...site.sandbox.state.jobs.values()];
    if (first === undefined) throw new Error('there is no job');
    site.sandbox.state.jobs.set(90, {
      ...first,
      id: 90,
      type: 'consensus_replica',
      parentJobId: first.id,
      state: 'new',
    });
    expect(await site.poll()).toMatchObject({ jobs: 2 });
    site.sandbox.state.jobs.delete(90);
  });

  it('waits for a job that came after the upload, and says so', async () => {
    const [first] = [...site.sandbox.state.jobs.values()];
    if (first === undefined) throw new Error('there is no job');
    site.sandbox.state.jobs.set(91, { ...first, id: 91, state: 'new', startFrame: 4, stopFrame: 5 });
    expect(await site.poll()).toMatchObject(
      pending('2 of 3 jobs are completed (4 of 6 frames); open: nobody 2 frames; 1 job is new'),
    );
    site.sandbox.state.jobs.delete(91);
  });

  it('names a job that the seal found reopened, although it has not seen it completed itself', async () => {
    await change(site, { state: 'in progress' });
    const [id = 0] = site.jobs;
    expect(await site.poll({ reopened: [id] })).toMatchObject(pending(`job ${id} was reopened`));
    await change(site, completed);
    expect(await site.poll({ reopened: [id] })).toMatchObject({ jobs: 2 });
  });

  it('ends under the policy carry with hundreds of jobs open, in a payload that fits', async () => {
    const [first] = [...site.sandbox.state.jobs.values()];
    if (first === undefined) throw new Error('there is no job');
    const ids = Array.from({ length: 1200 }, (_, index) => 1000 + index);
    const task = site.sandbox.state.tasks.get(site.task.taskId);
    const data = task?.data ?? null;
    const [frame] = data?.frames ?? [];
    if (task === undefined || data === null || frame === undefined) throw new Error('there is no frame');
    const frames = Array.from({ length: 1300 }, (_, at) => ({ ...frame, name: `frame_${at}.png` }));
    task.data = { ...data, frames };
    for (const id of ids) {
      const at = id - 900;
      const state = id % 2 === 0 ? 'new' : 'completed';
      site.sandbox.state.jobs.set(id, { ...first, id, state, startFrame: at, stopFrame: at });
    }
    const ended = await site.poll({ deadline: '2026-01-01T00:00:00.000Z', policy: 'carry' });
    for (const id of ids) site.sandbox.state.jobs.delete(id);
    task.data = data;
    expect(ended).toMatchObject({ jobs: 1202, why: 'deadline', carried: true, unfinishedFrames: { total: 600 } });
    const { unfinished = [], unfinishedMore, unfinishedFrames } = ended as CompletionRef;
    const open = ids.filter((id) => id % 2 === 0).map((id) => [id, id] as const);
    expect(unfinished).toEqual(open.slice(0, 40));
    expect(unfinishedMore?.total).toBe(600);
    expect(await allRanges(site.store, { first: unfinished, more: unfinishedMore })).toEqual(open);
    expect(JSON.stringify(ended).length).toBeLessThan(4000);
    expect(unfinishedFrames?.first).toHaveLength(50);
  });

  it('does not take a task as done that was filled and holds nothing, unless somebody approves', async () => {
    expect(await site.poll({ importedShapes: 5 })).toMatchObject({ jobs: 2 });
    for (const id of site.jobs) await send(site, 'DELETE', `/api/jobs/${id}/annotations`, {});
    expect(await site.poll({ importedShapes: 5 })).toMatchObject(
      attention('TaskEmptied', '5 shapes were put into them'),
    );
    expect(await site.poll({ importedShapes: 5, approved: ['TaskEmptied'] })).toMatchObject({ jobs: 2 });
    expect(await site.poll({ importedShapes: 0 })).toMatchObject({ jobs: 2 });
  });

  it('goes on when CVAT is upgraded meanwhile, and notes it', async () => {
    alter(site.sandbox.state, { version: '2.54.1' });
    expect(await site.poll()).toMatchObject({ notes: ['CVAT is version 2.54.1 now, it was 2.73.0 at upload'] });
    alter(site.sandbox.state, { version: '2.73.0' });
  });
});
