import { expect, it } from '@jest/globals';
import { editsOfJobs } from '../../../src/activities/looks/edits-of-jobs.ts';
import { jobsOfTasks, LOOK_LIMITS } from '../../../src/activities/looks/jobs-of-tasks.ts';
import type { Cases } from '../kit/cases.ts';
import { coco } from '../kit/coco.ts';
import { failureOf } from '../kit/failure-of.ts';
import { importNow } from '../kit/import.ts';
import { at } from '../../kit/talk.ts';

const FRAMES = ['a.png', 'b.png', 'c.png'];

export const jobCases: Cases = (desk) => {
  it('sets the state back to new when the stage alone changes', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES });
    const id = jobs[0]?.id ?? 0;
    expect(await cvat.updateJob(id, { state: 'completed' })).toMatchObject({ stage: 'annotation', state: 'completed' });
    expect(await cvat.updateJob(id, { stage: 'validation' })).toMatchObject({ stage: 'validation', state: 'new' });
    const both = { stage: 'acceptance', state: 'completed' } as const;
    expect(await cvat.updateJob(id, both)).toMatchObject(both);
    expect(await cvat.jobs(task.id)).toMatchObject([both]);
  });

  it('counts a job as completed in its task only when it is accepted', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES });
    const id = jobs[0]?.id ?? 0;
    const read = async (): Promise<unknown[]> => {
      const { json } = await desk().talk('GET', `/api/tasks/${task.id}`);
      return [at(json, 'status'), at(json, 'jobs', 'completed')];
    };
    await cvat.updateJob(id, { state: 'completed' });
    expect(await read()).toEqual(['annotation', 0]);
    await cvat.updateJob(id, { stage: 'acceptance', state: 'completed' });
    expect(await read()).toEqual(['completed', 1]);
  });

  it('gives a job to a person and takes it back', async () => {
    const { cvat } = desk();
    const { jobs } = await desk().task({ frames: FRAMES });
    const self = await desk().talk('GET', '/api/users/self');
    const id = jobs[0]?.id ?? 0;
    const given = await cvat.updateJob(id, { assignee: Number(at(self.json, 'id')) });
    expect(given.assignee).toBe(at(self.json, 'username'));
    expect(await cvat.job(id)).toEqual(given);
    expect((await cvat.updateJob(id, { assignee: null })).assignee).toBeNull();
  });

  it('lists remarks that nobody has resolved, of its own task alone, and counts them by job', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES, segmentSize: 2 });
    const other = await desk().task({ frames: FRAMES });
    const [first = 0, second = 0] = jobs.map(({ id }) => id);
    const remark = async (job: number | undefined, frame: number): Promise<number> => {
      const json = { job, frame, position: [1, 2, 3, 4], message: 'where does it end?' };
      return Number(at((await desk().talk('POST', '/api/issues', { json })).json, 'id'));
    };
    const seen = async (): Promise<readonly (readonly [number, number | null])[]> => {
      const request = { kind: 'jobs', connection: 'default', tasks: [task.id], withEdits: false } as const;
      const looking = { edits: editsOfJobs(), signal: new AbortController().signal, limits: LOOK_LIMITS };
      const [told] = await jobsOfTasks(cvat, request, looking);
      return (told?.jobs ?? []).map(({ job, openIssues }) => [job, openIssues] as const);
    };
    const [one, two] = [await remark(first, 0), await remark(second, 2)];
    const more = await remark(second, 2);
    await remark(other.jobs[0]?.id, 0);
    const open = await cvat.openIssues(task.id);
    expect(open.toSorted((a, b) => a.id - b.id)).toEqual([
      { id: one, jobId: first, frame: 0 },
      { id: two, jobId: second, frame: 2 },
      { id: more, jobId: second, frame: 2 },
    ]);
    expect((await seen()).toSorted(([a], [b]) => a - b)).toEqual([
      [first, 1],
      [second, 2],
    ]);
    await desk().talk('PATCH', `/api/issues/${two}`, { json: { resolved: true } });
    await desk().talk('DELETE', `/api/issues/${one}`);
    expect((await cvat.openIssues(task.id)).map(({ id }) => id)).toEqual([more]);
  });

  it('refuses states that do not exist and fields that cannot be changed', async () => {
    const { cvat } = desk();
    const { jobs } = await desk().task({ frames: FRAMES });
    const id = jobs[0]?.id ?? 0;
    const wrong = { state: 'done' } as unknown as { state: 'completed' };
    expect(await failureOf(cvat.updateJob(id, wrong))).toMatchObject({ code: 'CvatRejected', facts: { status: 400 } });
    const field = { status: 'completed' } as unknown as { state: 'completed' };
    expect(await failureOf(cvat.updateJob(id, field))).toMatchObject({ code: 'CvatForbidden' });
  });

  it('keeps the shapes of each job apart', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES, segmentSize: 2 });
    await importNow(desk(), task.id, coco(FRAMES, [{ image: 0 }, { image: 1 }, { image: 2 }]));
    const perJob = await Promise.all(jobs.map(async ({ id }) => (await cvat.jobAnnotations(id)).shapes));
    expect(perJob.map((shapes) => shapes.map(({ frame }) => frame).toSorted((a, b) => a - b))).toEqual([[0, 1], [2]]);
    const whole = await cvat.taskAnnotations(task.id);
    const ids = (shapes: readonly { id: number }[]): number[] => shapes.map(({ id }) => id).toSorted((a, b) => a - b);
    expect(ids(whole.shapes)).toEqual(ids(perJob.flat()));
  });

  it('moves the time of the last change with every change of state or shapes', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES });
    const updated = async (): Promise<number> => Date.parse((await cvat.jobs(task.id))[0]?.updatedAt ?? '');
    const times = [await updated()];
    await cvat.updateJob(jobs[0]?.id ?? 0, { state: 'in progress' });
    times.push(await updated());
    await importNow(desk(), task.id, coco(FRAMES, [{ image: 0 }]));
    times.push(await updated());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times).size).toBe(3);
  });

  it('lists ground truth jobs unless only annotation jobs are asked for', async () => {
    const { cvat } = desk();
    const { task, jobs } = await desk().task({ frames: FRAMES });
    const json = { type: 'ground_truth', task_id: task.id, frame_selection_method: 'manual', frames: [1] };
    expect((await desk().talk('POST', '/api/jobs', { json })).status).toBe(201);
    expect((await cvat.jobs(task.id)).map(({ type }) => type)).toEqual(['annotation', 'ground_truth']);
    expect((await cvat.jobs(task.id, { type: 'annotation' })).map(({ id }) => id)).toEqual(jobs.map(({ id }) => id));
    await importNow(desk(), task.id, coco(FRAMES, [{ image: 1 }]));
    expect((await cvat.taskAnnotations(task.id)).shapes).toHaveLength(1);
    const [own, truth] = await cvat.jobs(task.id);
    const framesOf = async (job: typeof own) => (job === undefined ? null : cvat.jobFrames(job));
    expect([await framesOf(own), await framesOf(truth)]).toEqual([FRAMES.map((_, frame) => frame), [1]]);
    expect((await cvat.jobAnnotations(truth?.id ?? 0)).shapes).toEqual([]);
  });
};
