import type { Client } from '@temporalio/client';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

/** `TASK_QUEUE_TYPE_*` of Temporal's API. */
const KINDS = { workflow: 1, activity: 2 } as const;

/** A worker asks for work at least this often, in milliseconds: a poll lasts a minute. Temporal names one for 5 minutes. */
const ALIVE_MS = 75_000;

/** Who asks Temporal for work of ours. */
export interface Pollers {
  /** Identities of those that asked within the last 75 s, for workflows and for activities. */
  readonly workflow: readonly string[];
  readonly activity: readonly string[];
  /** ISO time of the last poll for workflows that Temporal remembers; null if none for 5 minutes. */
  readonly lastSeen: string | null;
  /** What waits for a worker; null where Temporal does not count it. */
  readonly backlog: QueueBacklog | null;
}

/** About as many tasks as wait on our task queue, and for how many milliseconds the oldest of them does. */
export interface QueueBacklog {
  readonly tasks: number;
  readonly oldestMs: number;
}

/** The workers on our task queue. One that was killed less than 75 s ago may still be among them. */
export async function readPollers(client: Client): Promise<Pollers> {
  const [workflow, activity] = await Promise.all([readKind(client, KINDS.workflow), readKind(client, KINDS.activity)]);
  const last = Math.max(0, ...workflow.pollers.map(({ at }) => at));
  return {
    workflow: alive(workflow),
    activity: alive(activity),
    lastSeen: last === 0 ? null : new Date(last).toISOString(),
    backlog: bothBacklogs(workflow.backlog, activity.backlog),
  };
}

function bothBacklogs(a: QueueBacklog | null, b: QueueBacklog | null): QueueBacklog | null {
  if (a === null || b === null) return a ?? b;
  return { tasks: a.tasks + b.tasks, oldestMs: Math.max(a.oldestMs, b.oldestMs) };
}

function alive({ pollers }: KindSeen): readonly string[] {
  return pollers.filter(({ at }) => Date.now() - at < ALIVE_MS).map(({ identity }) => identity);
}

interface KindSeen {
  readonly pollers: readonly { readonly identity: string; readonly at: number }[];
  readonly backlog: QueueBacklog | null;
}

async function readKind(client: Client, taskQueueType: number): Promise<KindSeen> {
  const { pollers, stats } = await mapTemporalErrors({}, () =>
    client.workflowService.describeTaskQueue({
      namespace: client.options.namespace,
      taskQueue: { name: TASK_QUEUES.iterations },
      taskQueueType,
      reportStats: true,
    }),
  );
  return {
    pollers: (pollers ?? []).map(({ identity, lastAccessTime }) => ({
      identity: identity ?? '',
      at: Number(lastAccessTime?.seconds ?? 0) * 1000,
    })),
    backlog:
      stats === undefined || stats === null
        ? null
        : {
            tasks: Number(stats.approximateBacklogCount ?? 0),
            oldestMs: Number(stats.approximateBacklogAge?.seconds ?? 0) * 1000,
          },
  };
}
