import { page } from '../answers/answer.ts';
import { projectTasks } from '../state/projects.ts';
import { taskOf, theJob, theProject, theTask } from './access.ts';
import { preview } from './frames.ts';
import type { Register } from './resource.ts';

export function previewRoutes(register: Register): void {
  register.users('/api/projects/:id/preview', {
    GET: (call) => {
      const task = projectTasks(call.state, theProject(call).id).find((candidate) => candidate.data !== null);
      return task === undefined ? page(404) : preview(task);
    },
  });
  register.users('/api/tasks/:id/preview', { GET: (call) => preview(theTask(call)) });
  register.users('/api/jobs/:id/preview', {
    GET: (call) => {
      const job = theJob(call);
      return preview(taskOf(call, job), job);
    },
  });
}
