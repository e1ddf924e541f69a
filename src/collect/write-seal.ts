import { Readable } from 'node:stream';
import { MaskloopError } from '../contracts/error.ts';
import type { PeopleSetting } from '../contracts/comparison.ts';
import type { SealRef } from '../contracts/seal.ts';
import type { Cvat, Job, TaskMeta } from '../cvat/cvat.ts';
import { frameAt } from '../cvat/frame-at.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { namePeople } from './compare/name-people.ts';
import { frameStates, type FinishedJob } from './frame-states.ts';
import { newestChange } from './quiet.ts';
import { contentLines, labelLines, type SealLine } from './seal-lines.ts';

type SealableJob = Job & FinishedJob;

export interface SealRequest {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly task: { readonly taskId: number; readonly projectId: number; readonly url: string };
  /** Reads the annotation jobs and tells which are complete; whatever speaks against a seal is thrown. */
  readonly readJobs: () => Promise<readonly SealableJob[]>;
  /** How those who had the jobs are called in the seal; `none` names nobody. */
  readonly people: PeopleSetting;
  readonly signal: AbortSignal;
  readonly onJob?: (done: number, total: number) => void;
}

/** Times that a change during the reading starts it over. */
const TRIES = 4;
const PIECE = 2 ** 16;

/**
 * Freezes the final annotations: jobs and frames are read, then what each job holds, then jobs and frames again. What
 * changed meanwhile starts it over, except in jobs that are not complete. One job is held in memory at a time; the same
 * annotations give the same bytes.
 *
 * @throws MaskloopError `LabelsChanging` if somebody changed something in each of 4 tries; what `readJobs` throws
 */
export async function writeSeal(request: SealRequest): Promise<SealRef> {
  for (let tries = 1; ; tries += 1) {
    const sealed = await tryToSeal(request);
    if (typeof sealed !== 'string') return sealed;
    if (tries < TRIES) continue;
    const { taskId, url } = request.task;
    throw new MaskloopError('LabelsChanging', `${sealed} while the labels of ${url} were read, ${TRIES} times.`, {
      facts: { task: taskId, url, what: sealed },
    });
  }
}

/** The seal, or what changed meanwhile. */
async function tryToSeal(request: SealRequest): Promise<SealRef | string> {
  const { cvat, store, task, readJobs, signal } = request;
  const jobs = byFrames(await readJobs());
  const meta = await cvat.taskMeta(task.taskId, signal);
  const labels = await cvat.projectLabels(task.projectId, signal);
  const states = frameStates(meta.size, jobs, meta.deletedFrames);
  const nameOf = namePeople(
    jobs.map(({ assignee }) => assignee),
    request.people,
  );
  const counts = { shapes: 0, tracks: 0, tags: 0 };
  async function* lines(): AsyncGenerator<SealLine> {
    yield { seal: { schema: 'maskloop.seal/1', task: task.taskId, frames: meta.size } };
    yield* labelLines(labels);
    for (const [frame, state] of states.entries()) yield { frame: { frame, ...frameOf(meta, frame), state } };
    for (const [done, job] of jobs.entries()) {
      signal.throwIfAborted();
      yield { job: jobLine(job, nameOf) };
      const content = await cvat.jobContent(job.id, signal);
      counts.shapes += content.shapes.length;
      counts.tracks += content.tracks.length;
      counts.tags += content.tags.length;
      yield* contentLines(content);
      request.onJob?.(done + 1, jobs.length);
    }
  }
  const artifact = await store.put(Readable.from(textOf(lines()), { objectMode: false }));
  const changed = jobsChanged(jobs, await readJobs()) ?? framesChanged(meta, await cvat.taskMeta(task.taskId, signal));
  if (changed !== null) return changed;
  return {
    artifact,
    jobs: jobs.length,
    frames: meta.size,
    deletedFrames: states.filter((state) => state === 'deleted').length,
    unfinishedFrames: states.filter((state) => state === 'unfinished').length,
    ...counts,
    lastEditAt: newestChange(jobs.filter(({ complete }) => complete)),
    sealedAt: new Date().toISOString(),
  };
}

/** Lines as text, in pieces of about {@link PIECE} characters. */
async function* textOf(lines: AsyncIterable<SealLine>): AsyncGenerator<string> {
  let piece = '';
  for await (const line of lines) {
    piece += `${JSON.stringify(line)}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}

/** Names and sizes only. */
function frameOf(meta: TaskMeta, frame: number): { name: string; width: number; height: number } {
  const { name, width, height } = frameAt(meta, frame);
  return { name, width, height };
}

function jobLine(job: SealableJob, nameOf: ReturnType<typeof namePeople>) {
  const { id, startFrame, stopFrame, stage, state, complete, updatedAt } = job;
  const assignee = nameOf === null ? null : nameOf(job.assignee);
  return { id, startFrame, stopFrame, stage, state, assignee, complete, updatedAt };
}

function byFrames<T extends FinishedJob>(jobs: readonly T[]): T[] {
  return jobs.toSorted((a, b) => a.startFrame - b.startFrame || a.id - b.id);
}

/** What happened between two readings that concerns labels. People may go on in jobs that are not complete. */
function jobsChanged(before: readonly SealableJob[], after: readonly SealableJob[]): string | null {
  const known = new Map(before.map((job) => [job.id, job]));
  const isSame = ({ id, complete, updatedAt }: SealableJob): boolean => {
    const was = known.get(id);
    return was !== undefined && was.complete === complete && (!complete || was.updatedAt === updatedAt);
  };
  const changed = after.filter((job) => !isSame(job)).map(({ id }) => id);
  if (changed.length === 0 && after.length === before.length) return null;
  return changed.length === 0 ? 'A job was removed' : `Job ${changed.slice(0, 5).join(', ')} changed`;
}

/** Deleting a frame moves no job's time. */
function framesChanged(before: TaskMeta, after: TaskMeta): string | null {
  const same = JSON.stringify(before.deletedFrames) === JSON.stringify(after.deletedFrames);
  return same && before.size === after.size ? null : 'Frames were deleted or restored';
}
