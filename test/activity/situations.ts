import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { deleteTask } from '../../src/sandbox/cvat/state/tasks.ts';
import { expect } from '@jest/globals';
import type { PeopleSite } from '../kit/people-site.ts';

type Change = Parameters<PeopleSite['cvat']['updateJob']>[1];

/** Sends anything to the stand-in as its administrator. */
export async function send(site: PeopleSite, method: string, path: string, body: unknown): Promise<void> {
  const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
  const answer = await fetch(site.sandbox.url + path, {
    method,
    headers: { authorization: `Basic ${login}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
}

/** Changes one job after the other. */
export async function change(site: PeopleSite, ...changes: readonly Change[]): Promise<void> {
  for (const [index, wanted] of changes.entries()) await site.cvat.updateJob(site.jobs[index] ?? 0, wanted);
}

/** Changes what the stand-in holds in a way that its API does not offer. */
export function alter<T extends object>(held: T, changes: Partial<T>): void {
  Object.assign(held, changes);
}

const PAST = '2026-01-01T00:00:00.000Z';
const FUTURE = '2126-01-01T00:00:00.000Z';
export const completed: Change = { state: 'completed' };

export interface Situation {
  readonly name: string;
  readonly happens: (site: PeopleSite) => Promise<void>;
  readonly terms?: Parameters<PeopleSite['poll']>[0];
  readonly outcome: object;
}

export const pending = (text: string) => ({ code: 'AnnotationPending', message: expect.stringContaining(text) });
export const attention = (code: string, text = '') => ({ code, message: expect.stringContaining(text) });
const state = (site: PeopleSite) => site.sandbox.state;
const taskOf = (site: PeopleSite) => {
  const task = state(site).tasks.get(site.task.taskId);
  if (task === undefined) throw new Error('the task is gone');
  return task;
};

/** In this order, one after the other, on one task: each begins where the one before ended. */
export const SITUATIONS: readonly Situation[] = [
  {
    name: 'nobody has begun',
    happens: async () => undefined,
    outcome: pending('0 of 2 jobs are completed (0 of 4 frames); open: nobody 4 frames'),
  },
  {
    name: 'people have jobs',
    happens: async (site) =>
      change(site, { assignee: site.person('ana'), state: 'in progress' }, { assignee: site.person('ben') }),
    outcome: pending('open: ana 2 frames, ben 2'),
  },
  { name: 'one job is completed', happens: async (site) => change(site, completed), outcome: pending('1 of 2 jobs') },
  {
    name: 'a frame of the open job is deleted',
    happens: async (site) => send(site, 'PATCH', `/api/tasks/${site.task.taskId}/data/meta`, { deleted_frames: [3] }),
    outcome: pending('(2 of 3 frames); open: ben 1 frame; 1 frame is deleted'),
  },
  {
    name: 'the other job is rejected at annotation',
    happens: async (site) => change(site, {}, { state: 'rejected' }),
    outcome: pending(`was rejected`),
  },
  {
    name: 'the deadline has passed and a person is to decide',
    happens: async () => undefined,
    terms: { deadline: PAST },
    outcome: attention('DeadlinePassed', '1 of 2 jobs are completed (2 of 3 frames)'),
  },
  {
    name: 'the deadline has passed and a person knows',
    happens: async () => undefined,
    terms: { deadline: PAST, policy: 'wait' },
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'the deadline is to come',
    happens: async () => undefined,
    terms: { deadline: FUTURE },
    outcome: pending('1 of 2'),
  },
  {
    name: 'the deadline has passed with the policy to go on',
    happens: async () => undefined,
    terms: { deadline: PAST, policy: 'continue' },
    outcome: { jobs: 2, why: 'deadline', unfinished: [[2, 2]], unfinishedFrames: { total: 1, first: [[2, 2]] } },
  },
  {
    name: 'the deadline has passed with the policy to carry',
    happens: async () => undefined,
    terms: { deadline: PAST, policy: 'carry' },
    outcome: { jobs: 2, why: 'deadline', unfinished: [[2, 2]], carried: true },
  },
  {
    name: "ground truth is added: it is nobody's job to complete",
    happens: async (site) =>
      send(site, 'POST', '/api/jobs', {
        type: 'ground_truth',
        task_id: site.task.taskId,
        frame_selection_method: 'manual',
        frames: [0],
      }),
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'both jobs are completed, the ground truth is not',
    happens: async (site) => change(site, {}, completed),
    outcome: { jobs: 2, completedAt: expect.any(String), notes: ['1 frame is deleted'] },
  },
  {
    name: 'a job is reopened',
    happens: async (site) => change(site, { state: 'in progress' }),
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'its stage is moved: CVAT resets the state',
    happens: async (site) => change(site, { stage: 'validation' }),
    outcome: pending('1 of 2 jobs'),
  },
  { name: 'it is completed at validation', happens: async (site) => change(site, completed), outcome: { jobs: 2 } },
  {
    name: 'it is rejected at acceptance',
    happens: async (site) => change(site, { stage: 'acceptance', state: 'rejected' }),
    outcome: pending('was rejected'),
  },
  {
    name: 'a label is added',
    happens: async (site) =>
      send(site, 'PATCH', `/api/projects/${site.task.projectId}`, { labels: [{ name: 'gauze' }] }),
    outcome: pending('without a category is the new label gauze'),
  },
  {
    name: 'the label of a category is renamed',
    happens: async (site) => {
      const [label] = await site.cvat.projectLabels(site.task.projectId);
      await send(site, 'PATCH', `/api/labels/${label?.id}`, { name: 'renamed' });
    },
    outcome: attention('LabelsChanged', 'is named "renamed" now'),
  },
  {
    name: 'somebody has approved the renamed label',
    happens: async () => undefined,
    terms: { approved: ['LabelsChanged'] },
    outcome: pending('1 of 2 jobs'),
  },
  {
    name: 'the label of a category is deleted',
    happens: async (site) => {
      const [label] = await site.cvat.projectLabels(site.task.projectId);
      await send(site, 'DELETE', `/api/labels/${label?.id}`, {});
    },
    outcome: attention('LabelsChanged', 'was deleted, with what was drawn'),
  },
  {
    name: 'the task is moved to another project',
    happens: async (site) => {
      const project = await site.cvat.createProject({ name: 'elsewhere', labels: [] });
      alter(taskOf(site), { projectId: project.id });
    },
    outcome: attention('TaskMoved', 'in project'),
  },
  {
    name: 'the task is moved to an organization',
    happens: async (site) => {
      alter(taskOf(site), { projectId: site.task.projectId, organizationId: 77 });
    },
    outcome: attention('TaskMoved', 'in organization 77'),
  },
  {
    name: 'a job is gone',
    happens: async (site) => {
      alter(taskOf(site), { organizationId: null });
      state(site).jobs.delete(site.jobs[1] ?? 0);
    },
    outcome: attention('JobsMissing', 'shows 1 annotation jobs; there were 2 at upload'),
  },
  {
    name: 'all jobs are gone',
    happens: async (site) => {
      state(site).jobs.delete(site.jobs[0] ?? 0);
    },
    outcome: attention('JobsMissing', 'shows 0 annotation jobs'),
  },
  {
    name: 'maskloop may no longer see the task',
    happens: async (site) => {
      for (const user of state(site).users.values()) alter(user, { isAdmin: false });
      alter(taskOf(site), { ownerId: site.person('zoe') });
      const project = state(site).projects.get(site.task.projectId);
      if (project !== undefined) alter(project, { ownerId: site.person('zoe') });
    },
    outcome: attention('CvatForbidden', 'You do not have permission'),
  },
  {
    name: 'the task is deleted',
    happens: async (site) => deleteTask(state(site), taskOf(site)),
    outcome: attention('TaskGone'),
  },
  {
    name: 'the password is no longer the right one',
    happens: async (site) => {
      for (const user of state(site).users.values()) alter(user, { password: 'changed', key: null });
    },
    outcome: attention('CvatLoginRefused'),
  },
  {
    name: 'CVAT is away',
    happens: async (site) => site.sandbox.close(),
    outcome: attention('CvatUnreachable'),
  },
];
