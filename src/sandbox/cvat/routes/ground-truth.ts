import { empty, json, type Answer } from '../answers/answer.ts';
import { jobView } from '../answers/job-views.ts';
import { forbidden, refuseFields, refuseList } from '../answers/refusal.ts';
import type { Job, Task } from '../state/entities.ts';
import { deleteJob } from '../state/jobs.ts';
import { addGroundTruthJob, drawFrames } from '../state/validation.ts';
import { managesJob, taskOf, theJob, theTask } from './access.ts';
import { asText, jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { idField } from './fields.ts';

/**
 * Makes the ground truth job of a task: the only kind of job that can be asked for.
 *
 * @throws Refusal 400 for another kind, for a second one, or without a usable choice of frames
 */
export function createGroundTruth(call: UserCall): Answer {
  const body = jsonFields(call.request);
  const type = asText(body['type'] ?? '');
  if (type !== 'ground_truth') throw refuseList(`Unexpected job type '${type}'`);
  const taskId = idField(body, 'task_id');
  if (taskId == null) throw refuseFields({ task_id: ['This field is required.'] });
  const task = theTask(call, String(taskId));
  if (task.data === null) throw refuseList('This task has no data attached yet. Please set up task data and try again');
  if (task.validationMode !== null) {
    throw refuseList(`Task with validation mode "${task.validationMode}" cannot have more than 1 GT job`);
  }
  const job = addGroundTruthJob(call.state, task, chosenFrames(call, task, body));
  const location = `${call.origin}/api/jobs/${job.id}`;
  return json(201, jobView(call, job, task, true), { location });
}

/** @throws Refusal 400 for any job but one of ground truth */
export function deleteGroundTruth(call: UserCall): Answer {
  const job: Job = theJob(call);
  const task = taskOf(call, job);
  if (!managesJob(call, job)) throw forbidden();
  if (job.type !== 'ground_truth') throw refuseList('Only ground truth jobs can be removed');
  deleteJob(call.state, job);
  task.validationMode = null;
  return empty(204);
}

function chosenFrames(call: UserCall, task: Task, body: Fields): number[] {
  const count = task.data?.frames.length ?? 0;
  const method = asText(body['frame_selection_method'] ?? '');
  if (method === 'manual') {
    const frames = Array.isArray(body['frames']) ? body['frames'].map(Number) : [];
    const unknown = frames.filter((frame) => !Number.isInteger(frame) || frame < 0 || frame >= count);
    if (frames.length === 0) throw refuseList('The list of frames cannot be empty');
    if (unknown.length > 0) throw refuseList(`Unknown frames ${unknown.join(', ')} requested`);
    return frames;
  }
  if (method !== 'random_uniform') {
    throw refuseFields({ frame_selection_method: [`"${method}" is not a valid choice.`] });
  }
  const share = Number(body['frame_share'] ?? 0);
  const asked = idField(body, 'frame_count') ?? Math.ceil(share * count);
  if (asked < 1 || asked > count) throw refuseList(`The number of frames must be in the [1, ${count}] range`);
  return drawFrames(call.state, { from: count, count: asked, seed: idField(body, 'random_seed') ?? undefined });
}
