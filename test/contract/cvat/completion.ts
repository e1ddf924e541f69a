import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { WaitTerms } from '../../../src/contracts/waiting.ts';
import type { Cases } from '../kit/cases.ts';
import { openTaskAtWork, type TaskAtWork } from '../kit/task-at-work.ts';

interface Situation {
  readonly name: string;
  readonly happens?: (at: TaskAtWork) => Promise<void>;
  readonly terms?: Partial<WaitTerms>;
  readonly outcome: object;
}

const PAST = '2026-01-01T00:00:00.000Z';
const told = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });
const pending = (text: string) => told('AnnotationPending', text);
const completed = { state: 'completed' } as const;

async function changeLabel(at: TaskAtWork, method: string, json: object): Promise<void> {
  const labels = await at.desk.cvat.projectLabels(at.task.projectId);
  const label = labels.find(({ name }) => name === 'tool' || name === 'renamed');
  await at.send(method, `/api/labels/${label?.id}`, json);
}

/** On one task, each where the one before ended; only what a person can do by CVAT's API. */
const SITUATIONS: readonly Situation[] = [
  { name: 'nobody has begun', outcome: pending('0 of 2 jobs are completed (0 of 4 frames)') },
  {
    name: 'one job is completed, which CVAT does not count as completed in its task',
    happens: async (at) => at.set(0, completed),
    outcome: pending('1 of 2 jobs are completed (2 of 4 frames)'),
  },
  {
    name: 'a frame of the open job is deleted',
    happens: async (at) => at.send('PATCH', `/api/tasks/${at.task.taskId}/data/meta`, { deleted_frames: [3] }),
    outcome: pending('(2 of 3 frames)'),
  },
  {
    name: 'the other job is rejected',
    happens: async (at) => at.set(1, { state: 'rejected' }),
    outcome: pending('was rejected'),
  },
  {
    name: 'the deadline has passed, and a person is to decide',
    terms: { deadline: PAST },
    outcome: told('DeadlinePassed', '1 of 2 jobs'),
  },
  {
    name: 'the deadline has passed, and what is complete is enough',
    terms: { deadline: PAST, policy: 'continue' },
    outcome: { jobs: 2, why: 'deadline', unfinishedFrames: { total: 1, first: [[2, 2]] } },
  },
  {
    name: "ground truth is added, which is nobody's to complete",
    happens: async ({ task, send }) => {
      const frames = { frame_selection_method: 'manual', frames: [0] };
      await send('POST', '/api/jobs', { type: 'ground_truth', task_id: task.taskId, ...frames });
    },
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'all annotation jobs are completed',
    happens: async (at) => at.set(1, completed),
    outcome: { jobs: 2, completedAt: expect.any(String), notes: ['1 frame is deleted'] },
  },
  {
    name: 'a job is reopened',
    happens: async (at) => at.set(0, { state: 'in progress' }),
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'its stage is moved, with which CVAT resets the state',
    happens: async (at) => {
      await at.set(0, completed);
      await at.set(0, { stage: 'validation' });
    },
    outcome: pending('1 of 2 jobs'),
  },
  { name: 'it is completed there', happens: async (at) => at.set(0, completed), outcome: { jobs: 2 } },
  {
    name: 'it is rejected at acceptance',
    happens: async (at) => at.set(0, { stage: 'acceptance', state: 'rejected' }),
    outcome: pending('was rejected'),
  },
  {
    name: 'a label without a category is added',
    happens: async (at) => at.send('PATCH', `/api/projects/${at.task.projectId}`, { labels: [{ name: 'gauze' }] }),
    outcome: pending('without a category is the new label gauze'),
  },
  {
    name: 'the label of a category is renamed',
    happens: async (at) => changeLabel(at, 'PATCH', { name: 'renamed' }),
    outcome: told('LabelsChanged', 'is named "renamed" now'),
  },
  {
    name: 'somebody has approved that',
    terms: { approved: ['LabelsChanged'] },
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'the label is deleted, and with it what was drawn',
    happens: async (at) => changeLabel(at, 'DELETE', {}),
    outcome: told('LabelsChanged', 'was deleted, with what was drawn'),
  },
  {
    name: 'all is completed, and nothing is left of what was imported',
    happens: async (at) => {
      for (const [index, id] of at.jobs.entries()) {
        await at.send('DELETE', `/api/jobs/${id}/annotations`, {});
        await at.set(index, completed);
      }
    },
    terms: { approved: ['LabelsChanged'], importedShapes: 4 },
    outcome: told('TaskEmptied', '4 shapes were put into them'),
  },
  {
    name: 'the task is deleted',
    happens: async (at) => at.desk.cvat.deleteTask(at.task.taskId),
    outcome: told('TaskGone'),
  },
];

export const completionCases: Cases = (desk) => {
  let work: TaskAtWork;
  beforeAll(async () => {
    work = await openTaskAtWork(desk());
  });
  afterAll(async () => work.close());

  it.each(SITUATIONS.map((situation) => [situation.name, situation] as const))('is told that %s', async (_, one) => {
    await one.happens?.(work);
    expect(await work.poll(one.terms)).toMatchObject(one.outcome);
  });
};
