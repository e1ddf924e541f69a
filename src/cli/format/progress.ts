import { z } from 'zod';
import type { Fact } from '../../contracts/error.ts';
import type { Progress } from '../../contracts/progress.ts';

const count = z.number();

/** A heartbeat may come from another version of the worker, so it is parsed; unknown phases show nothing. */
const progressShape = z.discriminatedUnion('phase', [
  z.object({
    phase: z.enum([
      'hashes',
      'masks',
      'document',
      'frames',
      'seal',
      'labels',
      'origins',
      'comparison',
      'datastore',
      'images',
      'submission',
      'training set',
      'prediction',
      'assignment',
      'backup',
      'jobs written',
      'restore',
    ]),
    done: count,
    total: count,
  }),
  z.object({
    phase: z.literal('import'),
    state: z.enum(['sending', 'finishing', 'queued', 'started', 'waiting']),
    shapes: count,
  }),
  z.object({ phase: z.literal('jobs'), failingSince: z.string().nullable() }),
  z.object({
    phase: z.literal('training'),
    status: z.string(),
    epoch: count.nullable(),
    totalEpochs: count.nullable(),
    metric: z.object({ name: z.string(), best: z.number(), value: count.nullable().default(null) }).nullable(),
    signAt: z.string().nullable().default(null),
    lost: z.enum(['lives on', 'no sign yet']).nullable().default(null),
  }),
  z.object({ phase: z.literal('training request'), submittedAt: z.string(), previousRunStart: count.nullable() }),
]) satisfies z.ZodType<Progress>;

const COUNTED = {
  hashes: 'masks read',
  masks: 'masks converted',
  document: 'masks written',
  frames: 'frames uploaded',
  seal: 'jobs read',
  labels: 'frames painted',
  origins: 'frames counted',
  comparison: 'frames compared',
  datastore: 'frames looked up in MONAI Label',
  images: 'images submitted',
  submission: 'frames submitted',
  'training set': 'labels read back',
  prediction: 'frames predicted',
  assignment: 'jobs assigned',
  backup: 'jobs backed up',
  'jobs written': 'jobs written',
  restore: 'jobs put back',
} as const;

/** What an activity says of itself in its last heartbeat; null for what is not known. */
export function progressOf(heartbeat: Fact): Progress | null {
  return progressShape.safeParse(heartbeat).data ?? null;
}

/** The same in words; null if it says nothing of interest. */
export function progressText(heartbeat: Fact): string | null {
  const progress = progressOf(heartbeat);
  if (progress === null) return null;
  switch (progress.phase) {
    case 'import':
      return progress.state === 'waiting'
        ? 'waits for another import into the task'
        : `import of ${progress.shapes} shapes ${progress.state}`;
    case 'jobs':
      return progress.failingSince === null ? null : `CVAT has not answered since ${progress.failingSince}`;
    case 'training':
      return trainingText(progress);
    case 'training request':
      return 'training requested';
    default:
      return `${COUNTED[progress.phase]}: ${progress.done}/${progress.total}`;
  }
}

function trainingText(progress: Extract<Progress, { phase: 'training' }>): string {
  const { status, epoch, totalEpochs, metric, lost } = progress;
  const epochs = epoch === null ? [] : [`epoch ${epoch}${totalEpochs === null ? '' : `/${totalEpochs}`}`];
  const best = metric === null ? [] : [metricText(metric)];
  const plain = epochs.length === 0 && lost === null ? [status.toLowerCase()] : [];
  return ['training', ...(lost === null ? [] : [LOST[lost]]), ...plain, ...epochs, ...best].join(', ');
}

function metricText({ name, best, value }: { name: string; best: number; value: number | null }): string {
  if (value === null) return `best ${name} ${best.toFixed(4)}`;
  return `${name} ${value.toFixed(4)} (best ${best.toFixed(4)})`;
}

/** The trainer no longer knows the training, as after a restart of MONAI Label. */
const LOST = {
  'lives on': 'forgotten by its server but seen to go on',
  'no sign yet': 'forgotten by its server; waiting for a sign of life',
} as const;
