import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { fetchJson, isMissing } from './api.ts';
import type { Cvat, Project } from './cvat.ts';
import { onlyMatch } from './only-match.ts';
import { allPages } from './paging.ts';
import { labelWire, projectTasksWire, projectWire } from './wire/project.ts';

type ProjectMethods = Pick<
  Cvat,
  | 'addLabels'
  | 'createProject'
  | 'deleteProject'
  | 'findProject'
  | 'projectLabels'
  | 'projectTasks'
  | 'projects'
  | 'projectsNamed'
>;

/** Projects and their labels. */
export function projectMethods(http: Http): ProjectMethods {
  return {
    async findProject(name, signal) {
      return onlyMatch(await projectsNamed(http, name, signal), { name, code: 'ProjectAmbiguous', what: 'projects' });
    },

    projectsNamed: async (name, signal) => projectsNamed(http, name, signal),

    projects(signal) {
      return allPages(http, '/api/projects', {}, projectWire, signal);
    },

    createProject({ name, labels }, signal) {
      const json = { name, labels: labels.map((label) => ({ name: label })) };
      return fetchJson(http, { method: 'POST', path: '/api/projects', json, signal }, projectWire);
    },

    async projectTasks(id, signal) {
      const request = { method: 'GET', path: `/api/projects/${id}`, signal } as const;
      return (await fetchJson(http, request, projectTasksWire)).tasks.count;
    },

    async addLabels(projectId, labels, signal) {
      await http.send({ method: 'PATCH', path: `/api/projects/${projectId}`, json: { labels }, signal });
    },

    async deleteProject(id, signal) {
      await http.send({ method: 'DELETE', path: `/api/projects/${id}`, signal }).catch((error: unknown) => {
        if (!isMissing(error, 'Project')) throw error;
      });
    },

    projectLabels(projectId, signal) {
      return allPages(http, '/api/labels', { project_id: projectId }, labelWire, signal).catch(
        async (error: unknown) => {
          // The list of an unknown project is a 500 page, which would pass for an outage.
          if (isMaskloopError(error, 'CvatUnreachable')) await assertExists(http, projectId, signal);
          throw error;
        },
      );
    },
  };
}

async function projectsNamed(http: Http, name: string, signal: AbortSignal | undefined): Promise<readonly Project[]> {
  const found = await allPages(http, '/api/projects', { name: name.trim() }, projectWire, signal);
  return found.filter((project) => project.name === name.trim());
}

async function assertExists(http: Http, id: number, signal: AbortSignal | undefined): Promise<void> {
  try {
    await http.send({ method: 'GET', path: `/api/projects/${id}`, signal });
  } catch (error) {
    if (!isMissing(error, 'Project')) throw error;
    throw new MaskloopError('ProjectNotFound', `CVAT has no project ${id}`, { facts: { projectId: id } });
  }
}
