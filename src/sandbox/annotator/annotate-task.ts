import { createPace } from './pace.ts';
import { createSession, type Login } from './session.ts';
import { workOnJob, type Manner } from './work-on-job.ts';
import { createWorkplace } from './workplace.ts';

/**
 * A robot that is told which task to work on: it corrects the frames of all its annotation jobs by the given rule, without
 * any delay, and completes them.
 *
 * @param signal ends what it does with the signal's reason
 * @returns what does one task; it may be called again for a task that it was interrupted in
 */
export function taskAnnotator(
  login: Login,
  manner: Omit<Manner, 'delayPerFrameMs'>,
  signal: AbortSignal,
): (taskId: number) => Promise<void> {
  const workplace = createWorkplace(createSession(login, signal));
  const pace = createPace(1, signal);
  return async (taskId) => {
    for (const state of ['in progress', 'new'] as const) {
      const jobs = (await workplace.jobs(state)).filter((job) => job.task_id === taskId);
      for (const job of jobs) await workOnJob(workplace, job, { ...manner, delayPerFrameMs: 0 }, pace, new Set());
    }
  };
}
