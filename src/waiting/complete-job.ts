import type { CompletionRule } from '../contracts/waiting.ts';
import type { Job } from '../cvat/cvat.ts';

/** True if people are done with a job. */
export function isComplete(job: Pick<Job, 'stage' | 'state'>, rule: CompletionRule): boolean {
  return job.state === 'completed' && (rule === 'state' || job.stage === 'acceptance');
}
