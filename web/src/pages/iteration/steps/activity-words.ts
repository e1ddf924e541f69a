import { z } from 'zod';
import { formatTime } from '../../../time/format-time.ts';
import type { IterationView } from '../view-facts.ts';

type Activity = IterationView['activities'][number];

/** What an activity does, and why its last try has failed; null where nothing has failed. */
export interface ActivityWords {
  readonly doing: string;
  readonly failure: string | null;
}

/** Failures that only say what is waited for. */
const PENDING = ['AnnotationPending', 'LabelsNotQuiet', 'LoginPending'];

/** A heartbeat comes from a worker of any version: what is not known says nothing. */
const progress = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('import'), state: z.string(), shapes: z.number() }),
  z.object({ phase: z.literal('jobs'), failingSince: z.string().nullable() }),
  z.object({
    phase: z.literal('training'),
    status: z.string(),
    epoch: z.number().nullable(),
    totalEpochs: z.number().nullable(),
  }),
  z.object({ phase: z.literal('training request') }),
]);
const counted = z.object({ phase: z.string(), done: z.number(), total: z.number() });

/** `importPreannotations` as `Import preannotations`: the names of activities are words. */
function nameWords(name: string): string {
  const words = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The words for a pending activity. */
export function activityWords({ name, heartbeat, lastFailure }: Activity): ActivityWords {
  const pending = lastFailure !== null && PENDING.includes(lastFailure.code ?? '');
  // The address of the task stands at the head of the page.
  const said = pending ? lastFailure.message.replace(/: https?:\S+$/, '') : progressWords(heartbeat);
  const failure = lastFailure === null || pending ? null : failureWords(lastFailure);
  return { doing: said ?? nameWords(name), failure };
}

function failureWords({ code, message }: NonNullable<Activity['lastFailure']>): string {
  return code === null ? message : `${code}: ${message}`;
}

function progressWords(heartbeat: Activity['heartbeat']): string | null {
  const told = progress.safeParse(heartbeat).data;
  if (told === undefined) {
    const count = counted.safeParse(heartbeat).data;
    return count === undefined ? null : `${nameWords(count.phase)}: ${count.done} of ${count.total}`;
  }
  switch (told.phase) {
    case 'import':
      return told.state === 'waiting'
        ? 'Waits for another import into the task'
        : `Import of ${told.shapes} shapes: ${told.state}`;
    case 'jobs':
      return told.failingSince === null ? null : `CVAT has not answered since ${formatTime(told.failingSince)}`;
    case 'training request':
      return 'Training requested';
    default:
      return told.epoch === null
        ? `Training: ${told.status.toLowerCase()}`
        : `Training: epoch ${told.epoch}${told.totalEpochs === null ? '' : ` of ${told.totalEpochs}`}`;
  }
}
