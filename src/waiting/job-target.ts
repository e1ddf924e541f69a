import type { HandOver } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';

/** Stage and state of a job after a hand-over. Both are always sent: a stage alone would make CVAT reset the state. */
export const TARGETS = {
  'to review': { stage: 'validation', state: 'new' },
  // Work on it has begun, unlike on a new one.
  'back to annotation': { stage: 'annotation', state: 'in progress' },
  accepted: { stage: 'acceptance', state: 'completed' },
} as const satisfies Record<HandOver['what'], Pick<Job, 'stage' | 'state'>>;

/** True if a job is as a hand-over wants it. */
export function isAsWanted(job: Pick<Job, 'stage' | 'state' | 'assignee'>, { what, to }: HandOver): boolean {
  const { stage, state } = TARGETS[what];
  return job.stage === stage && job.state === state && (what === 'accepted' || job.assignee === to);
}
