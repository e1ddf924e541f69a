import { json, type Answer } from '../answers/answer.ts';
import { jobView } from '../answers/job-views.ts';
import { pageOf } from '../answers/paging.ts';
import { forbidden, refuseCrash } from '../answers/refusal.ts';
import { JOB_STAGES, JOB_STATES, type Job } from '../state/entities.ts';
import { changeJob } from '../state/jobs.ts';
import { isJobListed, managesJob, taskOf, theJob } from './access.ts';
import { jsonFields } from './body.ts';
import type { UserCall } from './call.ts';
import { choiceField, idField, onlyFields } from './fields.ts';
import { passes, type Listed } from './list-query.ts';
import { createGroundTruth, deleteGroundTruth } from './ground-truth.ts';
import type { Register } from './resource.ts';

export function jobRoutes(register: Register): void {
  register.users('/api/jobs', {
    GET: (call) => {
      const found = [...call.state.jobs.values()].filter(
        (job) => isJobListed(call, job) && passes(call.query, listed(call, job)),
      );
      return pageOf(call, found, (job) => view(call, job));
    },
    POST: createGroundTruth,
  });
  register.users('/api/jobs/:id', {
    GET: (call) => json(200, view(call, theJob(call))),
    PATCH: change,
    DELETE: deleteGroundTruth,
  });
}

function view(call: UserCall, job: Job): object {
  return jobView(call, job, taskOf(call, job), managesJob(call, job));
}

function listed(call: UserCall, job: Job): Listed {
  const task = taskOf(call, job);
  const project = task.projectId === null ? null : (call.state.projects.get(task.projectId)?.name ?? null);
  const assignee = job.assigneeId === null ? null : (call.state.users.get(job.assigneeId)?.username ?? null);
  return {
    terms: {
      id: job.id,
      task_id: job.taskId,
      task_name: task.name,
      project_id: task.projectId,
      project_name: project,
      type: job.type,
      stage: job.stage,
      state: job.state,
      assignee,
      dimension: '2d',
    },
    searched: [task.name, project, assignee, job.state, job.stage],
  };
}

/** Whoever works on a job may change its state; stage and assignee are for those who manage it. */
function change(call: UserCall): Answer {
  const job = theJob(call);
  const body = jsonFields(call.request);
  onlyFields(body, ['state', 'stage', 'assignee']);
  if (('stage' in body || 'assignee' in body) && !managesJob(call, job)) throw forbidden();
  const state = choiceField(body, 'state', JOB_STATES);
  const stage = choiceField(body, 'stage', JOB_STAGES);
  const assigneeId = idField(body, 'assignee');
  if (assigneeId != null && !call.state.users.has(assigneeId)) throw refuseCrash();
  changeJob(call.state, job, { stage, state, assigneeId });
  return json(200, view(call, job));
}
