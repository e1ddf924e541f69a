import type { Job } from '../../src/cvat/cvat.ts';

/** An annotation job of the test task (project 1), with two frames, and with what a test wants different. */
export function job(id: number, changes: Partial<Job> = {}): Job {
  const startFrame = (id - 1) * 2;
  return {
    id,
    taskId: 7,
    projectId: 1,
    organizationId: null,
    type: 'annotation',
    parentJobId: null,
    stage: 'annotation',
    state: 'new',
    startFrame,
    stopFrame: startFrame + 1,
    assignee: null,
    updatedAt: `2026-01-01T00:00:0${id % 10}.000000Z`,
    ...changes,
  };
}
