import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IterationActivities } from '../../../src/contracts/activities.ts';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { CompletionRef, TaskRef } from '../../../src/contracts/refs.ts';
import type { WaitTerms } from '../../../src/contracts/waiting.ts';
import type { Cvat } from '../../../src/cvat/cvat.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { iterationInput } from '../../kit/iteration-input.ts';
import { coco } from './coco.ts';
import type { Desk } from './cvat-desk.ts';
import { importNow } from './import.ts';
import { workerOver } from './worker.ts';

const FRAMES = ['a.png', 'b.png', 'c.png', 'd.png'];

const TERMS: WaitTerms = {
  deadline: null,
  policy: 'attention',
  approved: [],
  review: null,
  importedShapes: 0,
  labelTable: null,
};

/** A task of four frames in two jobs, a shape on each, and the activities that wait for its people. */
export interface TaskAtWork {
  readonly desk: Desk;
  readonly task: TaskRef;
  /** Ids of its jobs, oldest first. */
  readonly jobs: readonly number[];
  readonly input: IterationInput;
  readonly worker: IterationActivities;
  readonly store: ArtifactStore;
  /** Changes a job by its place in {@link jobs}. */
  set(index: number, change: Parameters<Cvat['updateJob']>[1]): Promise<void>;
  /** Sends what a person's browser would. @throws Error for a refusal */
  send(method: string, path: string, json: unknown): Promise<void>;
  /** What a poll comes to: its end, or code and message of its failure. */
  poll(terms?: Partial<WaitTerms>): Promise<CompletionRef | { readonly code: string; readonly message: string }>;
  close(): Promise<void>;
}

export async function openTaskAtWork(desk: Desk): Promise<TaskAtWork> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-contract-'));
  const store = openStore(dir);
  const { cvat } = desk;
  const made = await desk.task({ frames: FRAMES, segmentSize: 2 });
  await importNow(
    desk,
    made.task.id,
    coco(
      FRAMES,
      FRAMES.map((_, image) => ({ image })),
    ),
  );
  const categories = ['tool', 'tissue'].map((name, index) => ({ id: index + 1, name, supercategory: '' }));
  const input = iterationInput({
    project: made.project.name,
    task: made.task.name,
    categories: await store.put(Buffer.from(JSON.stringify(categories))),
    training: null,
  });
  const task: TaskRef = {
    projectId: made.project.id,
    taskId: made.task.id,
    url: cvat.taskUrl(made.task.id),
    created: false,
    frames: FRAMES.length,
    jobs: made.jobs.length,
    organizationId: made.task.organizationId,
    cvatVersion: desk.version,
  };
  const worker = workerOver({ cvat, monai: null, trainer: null }, store);
  const { table } = await worker.matchLabels({ id: 'contract', input, task, dataset: null });
  const jobs = made.jobs.map(({ id }) => id).toSorted((a, b) => a - b);
  return {
    desk,
    task,
    jobs,
    input,
    worker,
    store,
    set: async (index, change) => void (await cvat.updateJob(jobs[index] ?? 0, change)),
    async send(method, path, json) {
      const { status, text } = await desk.talk(method, path, { json });
      if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    },
    async poll(terms = {}) {
      try {
        const wanted = { ...TERMS, labelTable: table, ...terms };
        return await worker.checkCompletion({ id: 'contract', input, task, terms: wanted });
      } catch (error) {
        const { type, message } = error as { type: string; message: string };
        return { code: type, message };
      }
    },
    close: async () => rm(dir, { recursive: true, force: true }),
  };
}
