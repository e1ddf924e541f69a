import { isMaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { SealCheckRef, SealEdit } from '../contracts/seal.ts';
import type { Cvat, Job } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { openSeal, type JobSection } from './read-seal.ts';
import { contentEdits, frameEdits } from './seal-edits.ts';

/** Edits that travel with the iteration; the artifact lists all. */
const MAX_SHOWN = 20;

export interface SealCheckRequest {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly taskId: number;
  /** The artifact of the seal. */
  readonly seal: ArtifactRef;
  readonly signal: AbortSignal;
}

/**
 * Compares the task with its seal. Only jobs whose time of change has moved are read; a change of state or of a label
 * moves it as well, so what they hold decides. A task or job that is gone is an edit, not a failure.
 */
export async function checkSeal(request: SealCheckRequest): Promise<SealCheckRef> {
  const edits = await editsOf(request);
  const list = edits.length === 0 ? null : await request.store.put(Buffer.from(JSON.stringify(edits)));
  const checkedAt = new Date().toISOString();
  return { checkedAt, edits: edits.length, first: edits.slice(0, MAX_SHOWN), list, unchecked: null };
}

async function editsOf(request: SealCheckRequest): Promise<SealEdit[]> {
  const { cvat, store, taskId, seal, signal } = request;
  const open = await openSeal(store, seal);
  try {
    const meta = await cvat.taskMeta(taskId, signal);
    const deleted = open.frames.filter(({ state }) => state === 'deleted').map(({ frame }) => frame);
    const jobs = new Map((await cvat.jobs(taskId, { type: 'annotation', signal })).map((job) => [job.id, job]));
    const edits = frameEdits(deleted, meta.deletedFrames);
    for await (const section of open.jobs())
      edits.push(...(await jobEdits(request, section, jobs.get(section.job.id))));
    return edits;
  } catch (error) {
    if (!isMaskloopError(error, 'TaskGone')) throw error;
    return [{ what: 'task removed', job: null, frame: null, shapes: [] }];
  }
}

async function jobEdits(
  { cvat, signal }: SealCheckRequest,
  { job, content }: JobSection,
  now: Job | undefined,
): Promise<SealEdit[]> {
  if (now === undefined) return [{ what: 'job removed', job: job.id, frame: null, shapes: [] }];
  if (now.updatedAt === job.updatedAt) return [];
  return contentEdits(job.id, content, await cvat.jobContent(job.id, signal));
}
