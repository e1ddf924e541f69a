import { z } from 'zod';
import { isMaskloopError } from '../contracts/error.ts';
import { waitMemoryName } from '../contracts/ids.ts';
import type { JobsSeen } from '../contracts/progress.ts';
import type { TaskRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { rangesWire } from './poll-memory.ts';
import { parsedOrNull } from './stored-document.ts';

/** Which jobs were complete at the last look, and which are no longer. */
export type JobsKnown = Pick<JobsSeen, 'completed' | 'reopened'>;

const schema = z.object({
  schema: z.literal('maskloop.wait/1'),
  task: z.string(),
  completed: rangesWire,
  reopened: rangesWire,
});

interface Where {
  readonly id: string;
  readonly task: Pick<TaskRef, 'url'>;
}

/**
 * What was known of the jobs when the wait was interrupted: a wake-up, a pause and a hand-over begin it anew, without
 * what the polls before have reported. Null where nothing is known of this task, also while the store is away.
 */
export async function recallJobs(store: ArtifactStore, { id, task }: Where): Promise<JobsKnown | null> {
  const bytes = await store.getNamed(waitMemoryName(id)).catch(nullIfAway);
  const known = bytes === null ? null : parsedOrNull(bytes, schema);
  return known?.task === task.url ? known : null;
}

/** Notes what is known of the jobs. That only names reopened ones: a store that is away does not hold up the wait. */
export async function noteJobs(store: ArtifactStore, { id, task }: Where, known: JobsKnown): Promise<void> {
  const { completed, reopened } = known;
  const note = { schema: 'maskloop.wait/1', task: task.url, completed, reopened };
  await store.putNamed(waitMemoryName(id), Buffer.from(`${JSON.stringify(note)}\n`)).catch(nullIfAway);
}

/** True if both say the same. */
export function isSameKnowledge(a: JobsKnown | null, b: JobsKnown): boolean {
  return JSON.stringify([a?.completed ?? [], a?.reopened ?? []]) === JSON.stringify([b.completed, b.reopened]);
}

function nullIfAway(error: unknown): null {
  if (isMaskloopError(error, 'StoreUnreachable')) return null;
  throw error;
}
