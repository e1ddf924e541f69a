import type { IterationInput, IterationResults } from '../../src/contracts/iteration.ts';
import type { ReceiptRef } from '../../src/contracts/refs.ts';
import { prepareImport, type ActivitySite } from './activity-site.ts';
import { call, completeJobs } from './annotate.ts';

const NOW = '2026-03-01T08:00:00.000Z';

/** Writes a receipt with what a test wants in it. */
export async function recordReceipt(
  site: Pick<ActivitySite, 'run'>,
  results: IterationResults,
  changes: { readonly id?: string; readonly input?: IterationInput } = {},
): Promise<ReceiptRef> {
  return site.run('recordReceipt', {
    ...changes,
    workflow: { runId: 'recorded', firstRunId: 'recorded' },
    startedAt: NOW,
    endedAt: '2026-03-01T09:30:00.000Z',
    results,
    steps: [
      { step: 'convert', outcome: 'done', startedAt: NOW, endedAt: '2026-03-01T08:00:30.000Z' },
      { step: 'train', outcome: 'done', startedAt: NOW, endedAt: '2026-03-01T09:00:00.000Z' },
    ],
    decisions: [{ what: 'retry', step: 'train', by: 'lead <b>', at: NOW, about: 'TrainingFailed' }],
  });
}

/** One iteration by its activities, from masks to a receipt, with a model that was trained and measured. */
export async function recordIteration(site: ActivitySite): Promise<IterationResults> {
  const prepared = await prepareImport(site);
  const { dataset, task, guard } = prepared;
  const labelTable = await site.run('matchLabels', { task, dataset });
  const imported = await site.run('importPreannotations', prepared);
  await removeOneShape(site, task.taskId);
  await completeJobs(site, task.taskId);
  const completion = await site.run('checkCompletion', { task });
  const seal = await site.run('sealLabels', { task });
  const labels = await site.run('exportLabels', { task, seal });
  const comparison = await site.run('compareLabels', { dataset, imported, seal });
  const sealCheck = await site.run('checkSeal', { task, seal });
  const submission = await site.run('submitLabels', { task, labels });
  const own = { firstRunId: 'recorded', tryNumber: 1 };
  const training = await site.run('startTraining', { submission, ...own });
  const model = await site.run('watchTraining', { training });
  const evaluation = await site.run('evaluateModel', { submission, model });
  const made = { dataset, task, guard, imported, labelTable, completion, seal, labels, comparison, sealCheck };
  const results = { ...made, submission, training, model, evaluation };
  await recordReceipt(site, results);
  return results;
}

/** What somebody corrects. */
async function removeOneShape(site: ActivitySite, taskId: number): Promise<void> {
  const [job] = await site.cvat.jobs(taskId);
  const [shape] = site.sandbox.state.jobs.get(job?.id ?? 0)?.shapes ?? [];
  if (job === undefined || shape === undefined) throw new Error('nothing to correct');
  await call(site, 'PATCH', `/api/jobs/${job.id}/annotations?action=delete`, { shapes: [shape], tags: [], tracks: [] });
}
