import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { CompletionRef } from '../../../src/contracts/refs.ts';
import type { HandOverPlan, HandOverRef, ReviewRecord } from '../../../src/contracts/waiting.ts';
import { readCarriedFrames } from '../../../src/receipts/carried-frames.ts';
import { at } from '../../kit/talk.ts';
import type { Cases } from '../kit/cases.ts';
import { openTaskAtWork, type TaskAtWork } from '../kit/task-at-work.ts';

export const handOverCases: Cases = (desk, { colleague }) => {
  if (colleague === null) {
    it.todo('goes from the annotator to the reviewer, with stage and state at once (not run: needs CVAT_COLLEAGUE)');
    it.todo('is found done by a further try (not run: needs CVAT_COLLEAGUE)');
    it.todo(
      'goes back to its annotator when it is rejected, and to the same reviewer after that (not run: needs CVAT_COLLEAGUE)',
    );
    it.todo('leaves what a person did after the plan was made (not run: needs CVAT_COLLEAGUE)');
    it.todo('ends with all jobs accepted (not run: needs CVAT_COLLEAGUE)');
    it.todo(
      'gives open jobs to who is named after a deadline, and carries their frames (not run: needs CVAT_COLLEAGUE)',
    );
    return;
  }
  let work: TaskAtWork;
  let input: IterationInput;
  let self = { id: 0, username: '' };
  let reviewer = '';
  let review: ReviewRecord | null = null;
  beforeAll(async () => {
    const invited = await desk().talk('POST', '/api/invitations', { json: { email: colleague, role: 'worker' } });
    if (invited.status !== 201) throw new Error(`${colleague} was not invited: ${invited.status} ${invited.text}`);
    const me = await desk().talk('GET', '/api/users/self');
    self = { id: Number(at(me.json, 'id')), username: String(at(me.json, 'username')) };
    reviewer = (await desk().cvat.people()).find(({ id }) => id !== self.id)?.username ?? '';
    work = await openTaskAtWork(desk());
    input = { ...work.input, review: { reviewers: [reviewer], pick: { kind: 'all' } } };
  });
  afterAll(async () => work.close());

  const plan = async (): Promise<HandOverPlan> => {
    const made = await work.worker.planHandOver({ id: 'contract', input, task: work.task, review });
    ({ review } = made);
    return made;
  };
  const handOver = async (made?: HandOverPlan): Promise<HandOverRef> =>
    work.worker.handOver({ id: 'contract', input, task: work.task, plan: made ?? (await plan()) });
  const shown = async (index: number): Promise<string> => {
    const { stage, state, assignee } = await work.desk.cvat.job(work.jobs[index] ?? 0);
    return `${stage}, ${state}, ${assignee}`;
  };

  it('goes from the annotator to the reviewer, with stage and state at once', async () => {
    await work.set(0, { assignee: self.id, state: 'completed' });
    await work.set(1, { assignee: self.id, state: 'in progress' });
    const waiting = work.worker.checkCompletion({ id: 'contract', input, task: work.task });
    await expect(waiting).rejects.toMatchObject({ type: 'HandOverDue' });
    expect(await handOver()).toEqual({ done: [work.jobs[0]], left: [] });
    expect(await shown(0)).toBe(`validation, new, ${reviewer}`);
    expect(await shown(1)).toBe(`annotation, in progress, ${self.username}`);
  });

  it('is found done by a further try', async () => {
    await work.set(1, { state: 'completed' });
    const made = await plan();
    expect(await handOver(made)).toEqual({ done: [work.jobs[1]], left: [] });
    const { updatedAt } = await work.desk.cvat.job(work.jobs[1] ?? 0);
    expect(await handOver(made)).toEqual({ done: [work.jobs[1]], left: [] });
    expect((await work.desk.cvat.job(work.jobs[1] ?? 0)).updatedAt).toBe(updatedAt);
  });

  it('goes back to its annotator when it is rejected, and to the same reviewer after that', async () => {
    await work.set(0, { state: 'rejected' });
    await handOver();
    expect(await shown(0)).toBe(`annotation, in progress, ${self.username}`);
    await work.set(0, { state: 'completed' });
    await handOver();
    expect(await shown(0)).toBe(`validation, new, ${reviewer}`);
  });

  it('leaves what a person did after the plan was made', async () => {
    await work.set(0, { state: 'completed' });
    const stale = await plan();
    await work.set(0, { state: 'in progress' });
    expect(await handOver(stale)).toEqual({ done: [], left: [work.jobs[0]] });
    expect(await shown(0)).toBe(`validation, in progress, ${reviewer}`);
  });

  it('ends with all jobs accepted', async () => {
    await work.set(0, { state: 'completed' });
    await work.set(1, { state: 'completed' });
    await handOver();
    expect([await shown(0), await shown(1)]).toEqual(Array(2).fill(`acceptance, completed, ${reviewer}`));
    const ended = work.worker.checkCompletion({ id: 'contract', input, task: work.task });
    expect(await ended).toMatchObject({ jobs: 2 });
  });

  it('gives open jobs to who is named after a deadline, and carries their frames', async () => {
    await work.set(1, { stage: 'annotation', state: 'in progress', assignee: self.id });
    const args = { id: 'contract', input: work.input, task: work.task };
    const { frames, ...shared } = await work.worker.shareOpenJobs({ ...args, people: [reviewer], idleMs: 0 });
    expect(shared).toEqual({ jobs: 1, others: 0 });
    expect(await shown(1)).toBe(`annotation, in progress, ${reviewer}`);
    const completion = await work.poll({ deadline: '2026-01-01T00:00:00.000Z', policy: 'carry' });
    expect(completion).toMatchObject({ why: 'deadline', carried: true, unfinishedFrames: { total: frames } });
    const { startFrame, stopFrame } = await work.desk.cvat.job(work.jobs[1] ?? 0);
    const carried = await readCarriedFrames(work.store, { results: { completion: completion as CompletionRef } });
    const { frames: named } = await work.desk.cvat.taskMeta(work.task.taskId);
    expect(carried?.frames).toEqual(named.map(({ name }, frame) => ({ frame, name })).slice(startFrame, stopFrame + 1));
  });
};
