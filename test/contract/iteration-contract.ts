import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ForIteration, IterationResults } from '../../src/contracts/iteration.ts';
import type { IterationActivities } from '../../src/contracts/activities.ts';
import { iterationId } from '../../src/contracts/ids.ts';
import type { SubmissionManifest } from '../../src/contracts/manifests.ts';
import type { TaskRef } from '../../src/contracts/refs.ts';
import { convertAll } from '../kit/convert-all.ts';
import { openDesk, type CvatServer, type Desk } from './kit/cvat-desk.ts';
import { FRAMES, writeIterationFiles, type IterationFiles } from './kit/iteration-files.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { openMonaiDesk, type MonaiDesk, type MonaiServer } from './kit/monai-desk.ts';
import { workerOver } from './kit/worker.ts';

interface Places {
  readonly cvat: Desk;
  readonly monai: MonaiDesk;
  readonly files: IterationFiles;
}

interface Open {
  cvat(): Promise<CvatServer>;
  monai(): Promise<MonaiServer>;
  /** Least time between two uploads to MONAI Label; the client's own by default. */
  readonly writeGapMs?: number;
  /** True for frames and masks that are in the store alone. */
  readonly inStore?: boolean;
}

const OWN = { firstRunId: 'contract', tryNumber: 1 } as const;

/** The people of this iteration agree with every mask. */
async function completeAllJobs({ cvat }: Desk, { taskId }: TaskRef): Promise<void> {
  for (const { id } of await cvat.jobs(taskId)) await cvat.updateJob(id, { state: 'completed' });
}

function workerOf({ cvat, monai, files }: Places): IterationActivities {
  const connection = { cvat: cvat.cvat, monai: monai.monai, trainer: monaiTrainer(monai.monai) };
  return workerOver(connection, files.store);
}

async function upload(
  worker: IterationActivities,
  args: ForIteration,
): Promise<Required<Pick<IterationResults, 'dataset' | 'task' | 'imported'>>> {
  const dataset = await convertAll(worker, args);
  const task = await worker.ensureTask(args);
  const guard = await worker.guardTask({ ...args, task, dataset });
  expect(guard).toMatchObject({ holds: 'nothing', previousImport: null, leftOut: { frames: 0, shapes: 0 } });
  const sent = await worker.importPreannotations({ ...args, task, dataset, guard });
  const imported = await worker.verifyImport({ ...args, task, dataset, imported: sent });
  expect(await worker.importPreannotations({ ...args, task, dataset, guard })).toEqual({ ...imported, adopted: true });
  return { dataset, task, imported };
}

/** The classes are matched by name, and the jobs given to the user of the client, once. */
async function handOver(worker: IterationActivities, { cvat }: Places, args: ForIteration, task: TaskRef) {
  const labelTable = await worker.matchLabels({ ...args, task, dataset: null });
  expect(labelTable.rows.every(({ labelId, modelIndex }) => labelId !== null && modelIndex !== null)).toBe(true);
  const [self] = await cvat.cvat.people();
  const people = await worker.findPeople({ ...args, input: { ...args.input, people: [self?.username ?? ''] } });
  expect(people).toEqual([self]);
  const assignment = await worker.assignJobs({ ...args, task, people });
  expect(assignment).toEqual({ people: [{ username: self?.username, jobs: 3, frames: FRAMES }], others: 0 });
  expect(await worker.assignJobs({ ...args, task, people })).toEqual(assignment);
  return { labelTable, assignment };
}

async function train(worker: IterationActivities, { monai, files }: Places, args: ForIteration, task: TaskRef) {
  const labels = await worker.exportLabels({ ...args, task });
  const submission = await worker.submitLabels({ ...args, task, labels });
  const manifest = JSON.parse(Buffer.from(await files.store.get(submission.manifest)).toString()) as SubmissionManifest;
  for (const { imageId } of manifest.frames) monai.own(imageId);
  expect(await worker.submitLabels({ ...args, task, labels })).toEqual(submission);
  const training = await worker.startTraining({ ...args, submission, ...OWN });
  expect(await worker.startTraining({ ...args, submission, ...OWN })).toMatchObject({
    taskId: training.taskId,
    joined: true,
  });
  const model = await worker.watchTraining({ ...args, training });
  const evaluation = await worker.evaluateModel({ ...args, submission, model });
  return { labels, submission, training, model, evaluation };
}

/** Closes the later before the earlier, all of them. @throws AggregateError if one cannot be closed */
async function closeAll(closers: readonly (() => Promise<void>)[]): Promise<void> {
  const troubles: unknown[] = [];
  for (const close of closers.toReversed()) await close().catch((error: unknown) => troubles.push(error));
  if (troubles.length > 0) throw new AggregateError(troubles, troubles.map(String).join('; '));
}

/** One whole iteration by our activities, over both servers and without Temporal. Leaves nothing behind. */
export function iterationContract(name: string, open: Open): void {
  describe(`A whole iteration: ${name}`, () => {
    const closers: (() => Promise<void>)[] = [];
    let places: Places | undefined;
    beforeAll(async () => {
      const cvatServer = await open.cvat();
      closers.push(() => cvatServer.close());
      const monaiServer = await open.monai();
      closers.push(() => monaiServer.close());
      const cvat = await openDesk(cvatServer);
      closers.push(() => cvat.close());
      const monai = await openMonaiDesk(monaiServer, open.writeGapMs);
      closers.push(() => monai.close());
      const files = await writeIterationFiles(monai, open.inStore ?? false);
      closers.push(() => files.close());
      places = { cvat, monai, files };
    });
    afterAll(async () => {
      await closeAll(closers);
    });

    it('goes from masks to a model and a receipt, and repeats no step that was done', async () => {
      if (places === undefined) throw new Error('the servers were not opened');
      const { cvat, files } = places;
      const { input } = files;
      const args: ForIteration = { id: iterationId({ project: input.project, task: input.task }), input };
      const worker = workerOf(places);
      const results = await upload(worker, args);
      const { task } = results;
      const project = await cvat.cvat.findProject(input.project);
      if (project !== null) cvat.own(project);
      expect(results.dataset.images).toBe(FRAMES);
      expect(task).toMatchObject({ created: true, frames: FRAMES, jobs: 3, cvatVersion: cvat.version });
      await expect(worker.checkCompletion({ ...args, task })).rejects.toMatchObject({ type: 'AnnotationPending' });
      const handed = await handOver(worker, places, args, task);
      await completeAllJobs(cvat, task);
      const completion = await worker.checkCompletion({ ...args, task });
      const trained = await train(worker, places, args, task);
      const seal = await worker.sealLabels({ ...args, task });
      expect(await worker.compareLabels({ ...args, ...results, seal })).toMatchObject({
        frames: FRAMES,
        untouchedFrames: FRAMES,
        changedPixels: 0,
        meanIou: 1,
        shapes: { untouched: results.imported.shapes, edited: 0, added: 0, removed: 0 },
      });
      expect(trained.labels).toMatchObject({ frames: FRAMES, labelledFrames: FRAMES, shapes: results.imported.shapes });
      expect(trained.submission).toMatchObject({ training: 6, heldOut: 2 });
      expect(trained.model).toMatchObject({ epochs: 4, trainerMetric: { value: expect.any(Number) } });
      expect(trained.evaluation).toMatchObject({ frames: 2, meanDice: expect.any(Number) });
      const now = new Date().toISOString();
      const { receipt } = await worker.recordReceipt({
        ...args,
        workflow: { runId: 'contract', firstRunId: 'contract' },
        startedAt: now,
        endedAt: now,
        results: { ...results, ...handed, completion, ...trained },
        steps: [],
        decisions: [],
      });
      expect(JSON.parse(Buffer.from(await files.store.get(receipt)).toString())).toMatchObject({ id: args.id });
    });
  });
}
