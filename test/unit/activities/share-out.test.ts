import { describe, expect, it } from '@jest/globals';
import { shareOut } from '../../../src/activities/share-out.ts';
import type { JobState } from '../../../src/cvat/cvat.ts';

const people = [
  { id: 1, username: 'anna' },
  { id: 2, username: 'ben' },
];

const job = (
  id: number,
  startFrame: number,
  stopFrame: number,
  assignee: string | null = null,
  state: JobState = 'new',
) => ({
  id,
  startFrame,
  stopFrame,
  assignee,
  state,
});

const outcome = (jobs: ReturnType<typeof job>[]): readonly string[] =>
  shareOut(jobs, people).map(({ job: id, person }) => `${id} ${person.username}`);

describe('sharing out jobs', () => {
  it('goes by frames, in the order of frames', () => {
    expect(outcome([job(3, 20, 29), job(1, 0, 9), job(2, 10, 19)])).toEqual(['1 anna', '2 ben', '3 anna']);
    expect(outcome([job(1, 0, 29), job(2, 30, 39), job(3, 40, 49)])).toEqual(['1 anna', '2 ben', '3 ben']);
  });

  it('comes to the same end wherever a first try broke off', () => {
    const jobs = [job(1, 0, 4), job(2, 5, 19), job(3, 20, 24), job(4, 25, 29), job(5, 30, 31)];
    const whole = outcome(jobs);
    for (let done = 0; done <= jobs.length; done += 1) {
      const names = new Map(whole.slice(0, done).map((line) => line.split(' ') as [string, string]));
      const rest = jobs.map((one) => ({ ...one, assignee: names.get(String(one.id)) ?? null }));
      expect([...whole.slice(0, done), ...outcome(rest)]).toEqual(whole);
    }
  });

  it('leaves finished jobs alone, and gives nothing to nobody', () => {
    expect(outcome([job(1, 0, 9, null, 'completed'), job(2, 10, 19, 'cleo')])).toEqual([]);
    expect(shareOut([job(1, 0, 9)], [])).toEqual([]);
  });
});
