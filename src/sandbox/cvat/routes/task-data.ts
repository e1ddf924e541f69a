import { empty, json, page, type Answer } from '../answers/answer.ts';
import { metaView } from '../answers/meta-view.ts';
import { Refusal, refuseCrash, refuseFields, refuseList } from '../answers/refusal.ts';
import type { Task } from '../state/entities.ts';
import { findRequest, isOpen } from '../state/requests.ts';
import { awaitData, saveTask, touchProject } from '../state/tasks.ts';
import { taskOf, theJob, theTask } from './access.ts';
import { formOf, isForm, jsonFields, type Fields } from './body.ts';
import type { UserCall } from './call.ts';
import { createFrames } from './create-frames.ts';
import { readData } from './frames.ts';
import type { Register } from './resource.ts';
import { createUpload, tusOptions, tusRoutes } from './tus.ts';

export function taskDataRoutes(register: Register): void {
  for (const url of ['/api/tasks/:id/data', '/api/tasks/:id/data/']) {
    register.users(url, {
      GET: (call) => readData(call, theTask(call)),
      // CVAT has no permission rule for it and falls over.
      HEAD: () => page(500),
      POST: receive,
      OPTIONS: tusOptions,
    });
  }
  tusRoutes(register, {
    url: '/api/tasks/:id/data',
    check: theTask,
    complete: (call, upload) => {
      call.state.uploads.delete(upload.id);
      // CVAT writes the file to a folder that it did not make.
      if (upload.fileName.includes('/')) throw refuseCrash();
      theTask(call).files.set(upload.fileName, upload.content);
    },
  });
  register.users('/api/tasks/:id/data/meta', {
    GET: (call) => json(200, metaView(filled(call))),
    PATCH: (call) => {
      const task = filled(call);
      deleteFrames(task, asked(call), { startFrame: 0, stopFrame: Number.MAX_SAFE_INTEGER });
      saveTask(call.state, task);
      return json(200, metaView(task));
    },
  });
  register.users('/api/jobs/:id/data', {
    GET: (call) => readData(call, taskOf(call, theJob(call)), theJob(call)),
    HEAD: () => page(500),
  });
  register.users('/api/jobs/:id/data/meta', {
    GET: (call) => json(200, metaView(taskOf(call, theJob(call)), theJob(call))),
    PATCH: (call) => {
      const job = theJob(call);
      const task = taskOf(call, job);
      deleteFrames(task, asked(call), job);
      saveTask(call.state, task);
      touchProject(call.state, task);
      return json(200, metaView(task, job));
    },
  });
}

/** Takes the files of a new task in one request or several, as the `Upload-…` headers say, and begins its creation. */
async function receive(call: UserCall): Promise<Answer> {
  const task = theTask(call);
  if (task.data !== null) {
    const words = 'Adding more data is not supported';
    // The older version answers with a bare text.
    throw call.state.version === '2.54.1' ? new Refusal(json(400, words)) : refuseList(words);
  }
  const { headers } = call.request;
  awaitData(call.state, task);
  if ('upload-start' in headers) return empty(202);
  if ('upload-length' in headers) return createUpload(call, 'by client');
  const form = await formOf(call.request);
  for (const file of form.files) if (file.field.startsWith('client_files')) task.files.set(file.name, file.bytes);
  if ('upload-multiple' in headers) return empty(200);
  return begin(call, task, isForm(call.request) ? form.fields : jsonFields(call.request));
}

function begin(call: UserCall, task: Task, options: Fields): Answer {
  const id = `action=create&target=task&target_id=${task.id}`;
  const earlier = findRequest(call.state, id);
  if (earlier !== undefined && isOpen(earlier)) return json(409, { rq_id: id });
  const request = {
    id,
    type: 'create:task' as const,
    userId: call.user.id,
    target: 'task' as const,
    taskId: task.id,
    jobId: null,
    projectId: task.projectId,
    organizationId: task.organizationId,
    format: null,
  };
  saveTask(call.state, task, true);
  call.background.run(request, async () => {
    await createFrames(call.state, task, options);
    // Once with what was found out about the frames, and once more at the end.
    saveTask(call.state, task);
    saveTask(call.state, task);
  });
  return json(202, { rq_id: id });
}

function filled(call: UserCall): Task {
  const task = theTask(call);
  if (task.data !== null) return task;
  throw call.state.version === '2.54.1' ? refuseCrash() : refuseList('Data is not uploaded for the task yet');
}

function asked(call: UserCall): number[] {
  const frames = jsonFields(call.request)['deleted_frames'];
  return Array.isArray(frames) ? frames.map(Number) : [];
}

/** Sets the deleted frames of a range; frames elsewhere stay as they are. */
function deleteFrames(task: Task, frames: readonly number[], range: { startFrame: number; stopFrame: number }): void {
  const data = task.data;
  if (data === null) return;
  const unknown = frames.filter((frame) => data.frames[frame] === undefined);
  if (unknown.length > 0) {
    throw refuseFields({ deleted_frames: [`Unknown frames ${unknown.join(', ')} requested for removal`] });
  }
  const isOutside = (frame: number): boolean => frame < range.startFrame || frame > range.stopFrame;
  const foreign = frames.filter(isOutside);
  if (foreign.length > 0) throw refuseList(`Frames ${foreign.join(', ')} do not belong to the job`);
  const kept = data.deletedFrames.filter(isOutside);
  data.deletedFrames = [...new Set([...kept, ...frames])].toSorted((a, b) => a - b);
}
