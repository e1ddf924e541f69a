import { describe, expect, it } from '@jest/globals';
import { createSharedJobs, type JobsWanted } from '../../../src/activities/shared-jobs.ts';
import { longestAge, pollInterval, untilNextPoll } from '../../../src/activities/poll-pace.ts';
import type { Cvat, Job } from '../../../src/cvat/cvat.ts';

const job = (id: number, taskId: number): Job => ({
  id,
  taskId,
  type: 'annotation',
  stage: 'annotation',
  state: 'new',
  startFrame: 0,
  stopFrame: 0,
  assignee: null,
  projectId: 1,
  organizationId: null,
  parentJobId: null,
  updatedAt: '2026-01-01T00:00:00Z',
});

function make(jobs: readonly Job[] = [job(1, 7), job(2, 8), job(3, 7)]) {
  let lists = 0;
  let fails = false;
  const clock = { now: 1_000_000 };
  const shared = createSharedJobs(() => clock.now);
  const projectJobs = async (): Promise<readonly Job[]> => {
    lists += 1;
    if (fails) throw new Error('CVAT is away');
    return jobs;
  };
  const cvat = { projectJobs } as unknown as Cvat;
  const wanted = (taskId: number, projectId = 1): JobsWanted => ({
    connection: 'default',
    cvat,
    projectId,
    taskId,
    maxAgeMs: 59_000,
  });
  return { shared, clock, wanted, lists: () => lists, fail: (now: boolean) => void (fails = now) };
}

describe('the jobs of a project', () => {
  it('are listed once for all polls within the age that they allow, each given its own', async () => {
    const { shared, clock, wanted, lists } = make();
    for (const task of [7, 8]) shared.enrol(wanted(task));
    const both = await Promise.all([shared.read(wanted(7)), shared.read(wanted(8))]);
    expect(both.map((known) => known?.jobs.map(({ id }) => id))).toEqual([[1, 3], [2]]);
    clock.now += 59_000;
    expect(await shared.read(wanted(7))).toMatchObject({ ageMs: 59_000 });
    expect(lists()).toBe(1);
    clock.now += 1;
    expect(await shared.read(wanted(8))).toMatchObject({ ageMs: 0 });
    expect(lists()).toBe(2);
  });

  it('are not listed for one task alone, nor where the list is longer than lists of single tasks', async () => {
    const { shared, wanted, lists } = make();
    expect(await shared.read(wanted(7))).toBeNull();
    expect(lists()).toBe(0);
    const long = make(Array.from({ length: 301 }, (_, at) => job(at + 1, 7)));
    for (const task of [7, 8, 9]) long.shared.enrol(long.wanted(task));
    expect((await long.shared.read(long.wanted(7)))?.jobs).toHaveLength(301);
    expect(await long.shared.read(long.wanted(8))).toBeNull();
    long.shared.enrol(long.wanted(10));
    expect(await long.shared.read(long.wanted(8))).toMatchObject({ jobs: [] });
    expect(long.lists()).toBe(1);
  });

  it('are forgotten with the tasks that nobody waits for any more', async () => {
    const { shared, clock, wanted } = make();
    for (const task of [7, 8]) shared.enrol(wanted(task));
    clock.now += 16 * 60_000;
    expect(await shared.read(wanted(7))).toBeNull();
  });

  it('are asked for again after a failure, which everybody hears of who waited', async () => {
    const { shared, wanted, lists, fail } = make();
    for (const task of [7, 8]) shared.enrol(wanted(task));
    fail(true);
    const heard = await Promise.allSettled([shared.read(wanted(7)), shared.read(wanted(8))]);
    expect(heard.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(lists()).toBe(1);
    fail(false);
    expect(await shared.read(wanted(7))).not.toBeNull();
  });

  it('are kept apart by connection and project', async () => {
    const { shared, wanted, lists } = make();
    for (const task of [7, 8]) shared.enrol(wanted(task));
    expect(await shared.read(wanted(7, 2))).toBeNull();
    expect(await shared.read({ ...wanted(7), connection: 'north' })).toBeNull();
    expect(lists()).toBe(0);
  });
});

describe('the pace of polls', () => {
  it.each([
    [60_000, false, 60_000],
    [60_000, true, 300_000],
    [2000, true, 10_000],
    [120_000, true, 300_000],
    [900_000, true, 900_000],
  ])('of %d ms, a live webhook %s, is one in %d ms', (pollMs, alive, expected) => {
    expect(pollInterval(pollMs, alive)).toBe(expected);
  });

  it('lets nobody learn of a change later than one interval after it, however old the list was', () => {
    for (const intervalMs of [1000, 2000, 60_000, 300_000]) {
      for (let ageMs = 0; ageMs <= longestAge(intervalMs); ageMs += 500) {
        expect(ageMs + untilNextPoll(intervalMs, ageMs)).toBeLessThanOrEqual(intervalMs);
      }
    }
  });
});
