import { describe, expect, it } from '@jest/globals';
import type { TaskJobs } from '../../../src/contracts/look.ts';
import { createJobsAnswers } from '../../../src/server/jobs-answers.ts';

const told = (tasks: readonly number[]): readonly TaskJobs[] =>
  tasks.map((taskId) => ({ taskId, jobs: [], failure: null }));

/** Looks that end when the test says so, and a clock that it moves. */
function desk() {
  const looks: { readonly tasks: readonly number[]; readonly withEdits: boolean; end: () => void; fail: () => void }[] =
    [];
  let now = 0;
  const jobs = async (_connection: string, tasks: readonly number[], { withEdits }: { withEdits: boolean }) => {
    return new Promise<readonly TaskJobs[]>((resolve, reject) => {
      looks.push({ tasks, withEdits, end: () => resolve(told(tasks)), fail: () => reject(new Error('away')) });
    });
  };
  const answers = createJobsAnswers({ jobs }, () => now);
  return {
    looks,
    answers: {
      ...answers,
      of: async (connection: string, ids: readonly number[], withEdits: boolean, standing = 'wait') =>
        answers.of(
          connection,
          ids.map((taskId) => ({ taskId, standing })),
          withEdits,
        ),
    },
    pass: (ms: number) => void (now += ms),
    settle: async () => new Promise<void>((resolve) => setImmediate(resolve)),
  };
}

describe('what is remembered of looks at jobs', () => {
  it('is asked for once by all who ask while a look goes on, however long that takes', async () => {
    const { looks, answers, pass, settle } = desk();
    const first = answers.of('default', [1, 2], false);
    await settle();
    pass(100_000);
    const second = answers.of('default', [2], false);
    await settle();
    expect(looks).toHaveLength(1);
    looks[0]?.end();
    expect([await first, await second]).toEqual([told([1, 2]), told([2])]);
  });

  it('counts for ten seconds from the end of the look, not from its beginning', async () => {
    const { looks, answers, pass, settle } = desk();
    const first = answers.of('default', [1], false);
    await settle();
    pass(60_000);
    looks[0]?.end();
    await first;
    pass(9000);
    await answers.of('default', [1], false);
    expect(looks).toHaveLength(1);
    pass(2000);
    void answers.of('default', [1], false);
    await settle();
    expect(looks).toHaveLength(2);
  });

  it('asks only for the tasks that nobody has asked for', async () => {
    const { looks, answers, settle } = desk();
    void answers.of('default', [1, 2], false);
    void answers.of('default', [2, 3], false);
    void answers.of('north', [2], false);
    await settle();
    expect(looks.map(({ tasks }) => tasks)).toEqual([[1, 2], [3], [2]]);
  });

  it('counts no more after a change, and the new look begins after the end of the old one', async () => {
    const { looks, answers, settle } = desk();
    const before = answers.of('default', [1], false);
    await settle();
    answers.forget();
    const after = answers.of('default', [1], false);
    await settle();
    expect(looks).toHaveLength(1);
    looks[0]?.end();
    await before;
    await settle();
    expect(looks).toHaveLength(2);
    looks[1]?.end();
    expect(await after).toEqual(told([1]));
  });

  it('counts no more once the iteration has gone on, also where it was looked into deeper', async () => {
    const { looks, answers, settle } = desk();
    const deep = answers.of('default', [1], true, 'upload');
    const before = answers.of('default', [1], false, 'upload');
    await settle();
    const after = answers.of('default', [1], false, 'wait');
    for (const look of looks) look.end();
    await Promise.all([deep, before]);
    await settle();
    expect(looks.map(({ withEdits }) => withEdits)).toEqual([true, false, false]);
    looks[2]?.end();
    expect(await after).toEqual(told([1]));
    await answers.of('default', [1], false, 'wait');
    expect(looks).toHaveLength(3);
  });

  it('of a look into completed jobs serves those who do not ask for that, once it has ended', async () => {
    const { looks, answers, settle } = desk();
    const deep = answers.of('default', [1], true);
    const plain = answers.of('default', [1], false);
    await settle();
    expect(looks.map(({ withEdits }) => withEdits)).toEqual([true, false]);
    for (const look of looks) look.end();
    await Promise.all([deep, plain]);
    answers.forget();
    const again = answers.of('default', [1], true);
    await settle();
    looks[2]?.end();
    await again;
    await answers.of('default', [1], false);
    expect(looks).toHaveLength(3);
  });

  it('is nothing where the look failed: the next one who asks has it done again', async () => {
    const { looks, answers, settle } = desk();
    const first = answers.of('default', [1], false);
    await settle();
    looks[0]?.fail();
    await expect(first).rejects.toThrow('away');
    void answers.of('default', [1], false);
    await settle();
    expect(looks).toHaveLength(2);
  });
});
