import { describe, expect, it } from '@jest/globals';
import { NOTHING, sealOf, useStore, type Held } from './seal-of.ts';

const store = useStore();
const EARLY = '2026-01-01T00:00:00Z';

/** Seals two jobs, of which the second is open, while they change from reading to reading. */
async function sealed(jobsAt: (reading: number) => Held['jobs']) {
  return sealOf(store(), { frames: 4, labels: [], jobs: jobsAt(0), jobsAt, content: () => NOTHING });
}

const done = { id: 1, startFrame: 0, stopFrame: 1, updatedAt: EARLY };
const open = { id: 2, startFrame: 2, stopFrame: 3, complete: false, updatedAt: EARLY };
const at = (reading: number): string => `2026-01-03T00:00:0${reading}Z`;
const CHANGING = { code: 'LabelsChanging' };

describe('a seal', () => {
  it('is written while people go on in jobs that are not sealed, and its last edit is none of theirs', async () => {
    const seal = await sealed((reading) => [{ ...done }, { ...open, updatedAt: at(reading) }]);
    expect(seal).toMatchObject({ jobs: 2, unfinishedFrames: 2, lastEditAt: EARLY });
  });

  it.each([
    ['names', ['ana', null, 'ben', 'ana']],
    ['pseudonyms', ['person 1', null, 'person 2', 'person 1']],
    ['none', [null, null, null, null]],
  ] as const)(
    'calls those who had the jobs as the setting %s says, and otherwise holds no name',
    async (people, told) => {
      const jobs = ['ana', null, 'ben', 'ana'].map((assignee, number) => ({
        id: number + 1,
        startFrame: number,
        stopFrame: number,
        assignee,
      }));
      const held = { frames: 4, labels: [], jobs, content: () => NOTHING, people };
      const { artifact } = await sealOf(store(), held);
      const text = Buffer.from(await store().get(artifact)).toString();
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { job?: { assignee: string | null } });
      expect(lines.flatMap(({ job }) => (job === undefined ? [] : [job.assignee]))).toEqual(told);
      expect(/ana|ben/.test(text)).toBe(people === 'names');
    },
  );

  it('is not written while people change what is sealed', async () => {
    await expect(sealed((reading) => [{ ...done, updatedAt: at(reading) }, open])).rejects.toMatchObject(CHANGING);
  });

  it('is not written while a job comes and goes', async () => {
    const third = { ...open, id: 3 };
    await expect(sealed((i) => (i % 2 === 0 ? [done, open] : [done, third]))).rejects.toMatchObject(CHANGING);
    await expect(sealed((i) => (i % 2 === 0 ? [done, open] : [done]))).rejects.toMatchObject(CHANGING);
  });

  it('is not written while a job is completed or opened again', async () => {
    const closed = { ...open, complete: true };
    await expect(sealed((i) => [done, i % 2 === 0 ? open : closed])).rejects.toMatchObject(CHANGING);
    await expect(sealed((i) => [done, i % 2 === 0 ? closed : open])).rejects.toMatchObject(CHANGING);
  });
});
