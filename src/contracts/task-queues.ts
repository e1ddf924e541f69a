/** Task queues. A queue's name is never changed: runs live for weeks. */
export const TASK_QUEUES = {
  /** Workflows and all activities. */
  iterations: 'maskloop',
} as const;
