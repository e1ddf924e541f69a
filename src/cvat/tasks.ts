import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { fetchJson, isMissing } from './api.ts';
import type { Cvat, Task } from './cvat.ts';
import { onlyMatch } from './only-match.ts';
import { allPages } from './paging.ts';
import { taskMetaWire, taskSettingsWire, taskWire } from './wire/task.ts';

type TaskMethods = Pick<
  Cvat,
  'createTask' | 'deleteTask' | 'findTask' | 'getTask' | 'taskMeta' | 'taskSettings' | 'tasksOfProject' | 'tasksWithKey'
>;

/** Tasks and the list of their frames. */
export function taskMethods(http: Http): TaskMethods {
  async function getTask(id: number, signal?: AbortSignal): Promise<Task> {
    return fetchJson(http, { method: 'GET', path: `/api/tasks/${id}`, signal }, taskWire).catch(orGone(id));
  }

  return {
    getTask,

    async taskSettings(id, signal) {
      return fetchJson(http, { method: 'GET', path: `/api/tasks/${id}`, signal }, taskSettingsWire).catch(orGone(id));
    },

    async findTask({ projectId, name }, signal) {
      const filter = { project_id: projectId, name: name.trim() };
      const found = await allPages(http, '/api/tasks', filter, taskWire, signal);
      const inProject = found.filter((task) => task.projectId === projectId);
      return onlyMatch(inProject, { name, code: 'TaskAmbiguous', what: `tasks in project ${projectId}` });
    },

    async tasksOfProject(projectId, signal) {
      const found = await allPages(http, '/api/tasks', { project_id: projectId }, taskWire, signal);
      return found.filter((task) => task.projectId === projectId);
    },

    async tasksWithKey({ projectId, key }, signal) {
      // CVAT cannot filter by this field, but its search, which finds parts of texts, looks into it.
      const found = await allPages(http, '/api/tasks', { project_id: projectId, search: key }, taskWire, signal);
      return found.filter((task) => task.projectId === projectId && task.bugTracker === key);
    },

    createTask({ name, projectId, bugTracker, segmentSize }, signal) {
      // Without overlap: shapes on frames of two jobs would be stored twice.
      const shared = { name, project_id: projectId, bug_tracker: bugTracker, overlap: 0 };
      const json = segmentSize === null ? shared : { ...shared, segment_size: segmentSize };
      return fetchJson(http, { method: 'POST', path: '/api/tasks', json, signal }, taskWire);
    },

    async deleteTask(id, signal) {
      await http.send({ method: 'DELETE', path: `/api/tasks/${id}`, signal }).catch((error: unknown) => {
        if (!isMissing(error, 'Task')) throw error;
      });
    },

    async taskMeta(id, signal) {
      const request = { method: 'GET', path: `/api/tasks/${id}/data/meta`, signal } as const;
      return fetchJson(http, request, taskMetaWire).catch(async (error: unknown) => {
        // Before its images came, 2.54 answers 500, which would pass for an outage.
        if (isMaskloopError(error, 'CvatUnreachable') && (await getTask(id, signal)).size === 0) {
          throw new MaskloopError('CvatRejected', `Task ${id} holds no images yet`, { facts: { taskId: id } });
        }
        return orGone(id)(error);
      });
    },
  };
}

/** Turns CVAT's "No Task matches" into `TaskGone`; other errors stay as they are. */
export function orGone(taskId: number): (error: unknown) => never {
  return (error) => {
    if (!isMissing(error, 'Task')) throw error;
    throw new MaskloopError('TaskGone', `CVAT has no task ${taskId} any more`, { facts: { taskId } });
  };
}
