import type { Receipt } from '../../../src/contracts/receipt.ts';
import { ARTIFACT, DATASET, LABELS, TASK } from '../../kit/fake-activities.ts';
import { iterationInput } from '../../kit/iteration-input.ts';

/** The receipt of an iteration that trained and measured a model, with what a test wants different. */
export function sampleReceipt(changes: Partial<Receipt> = {}): Receipt {
  return {
    schema: 'maskloop.receipt/2',
    id: 'SurgVU/Iteration_1',
    workflow: { runId: 'r2', firstRunId: 'r1' },
    startedAt: '2026-03-01T08:00:00.000Z',
    endedAt: '2026-03-04T10:30:00.000Z',
    input: iterationInput(),
    categories: [{ id: 1, name: 'instrument' }],
    results: {
      dataset: { ...DATASET, skippedPixels: { '9': 17 } },
      task: TASK,
      imported: { shapes: 4, sha256: 'bb', adopted: false },
      completion: { jobs: 2, completedAt: '2026-03-04T10:00:00.000Z' },
      labels: LABELS,
      submission: { manifest: ARTIFACT, training: 2, heldOut: 1 },
      model: {
        model: 'segmentation',
        checksum: 'SHA256:cc',
        epochs: 3,
        trainerMetric: { name: 'val_mean_dice', value: 0.8125 },
      },
      evaluation: {
        manifest: ARTIFACT,
        frames: 1,
        meanDice: 0.91234,
        perClass: { instrument: 0.91234, tissue: null },
      },
    },
    steps: [
      { step: 'convert', outcome: 'done', startedAt: '2026-03-01T08:00:00.000Z', endedAt: '2026-03-01T08:00:12.000Z' },
      {
        step: 'upload',
        outcome: 'skipped',
        startedAt: '2026-03-01T08:00:12.000Z',
        endedAt: '2026-03-01T08:00:13.000Z',
      },
    ],
    decisions: [
      { what: 'skip', step: 'upload', by: 'operator', at: '2026-03-01T08:00:13.000Z', about: 'ImportRejected' },
    ],
    versions: { maskloop: '0.1.0', cvat: '2.73.0', commit: null },
    chain: { number: 2, previous: { number: 1, id: 'SurgVU/Iteration_0', sha256: 'dd' } },
    cvat: {
      readAt: '2026-03-04T10:30:00.000Z',
      unread: null,
      version: '2.73.0',
      projectId: 1,
      taskId: 7,
      taskName: 'Iteration_1',
      organizationId: null,
      frames: 3,
      segmentSize: 2,
      overlap: 0,
    },
    trainer: {
      readAt: '2026-03-04T10:30:00.000Z',
      unread: null,
      kind: 'monai-label',
      address: 'http://monai.test:8000',
      stated: '0.8.5',
      openApiSha256: 'ee',
    },
    ...changes,
  };
}
