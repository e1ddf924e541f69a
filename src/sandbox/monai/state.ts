import type { BackgroundProcess } from './tasks/background-process.ts';
import type { Datastore } from './datastore/datastore.ts';
import type { Gate } from './gate.ts';
import type { ServerLog } from './server-log.ts';
import type { Sessions } from './sessions.ts';
import type { TaskQueue } from './tasks/task-queue.ts';
import type { World } from './world.ts';

/** The kinds of background work, under the names that answers use. */
export type TaskKind = 'train' | 'scoring' | 'batch_infer';

/** Texts that an app tells about itself. */
export interface AppTexts {
  readonly name: string;
  readonly description: string;
  readonly model: string;
  readonly trainer: string;
}

/** Who may log in to the realm, or that it cannot be reached. */
export interface AuthOptions {
  readonly realm: string;
  readonly isReachable: boolean;
  readonly users: readonly string[];
}

/** Switches of a server that are read from its environment when it starts. */
export interface Switches {
  /** Whether runs are tracked unless they say otherwise. */
  readonly tracks: boolean;
  /** Whether every scoring is queued at start, after each training and with each sample that is asked for. */
  readonly scoresByItself: boolean;
  readonly auth: AuthOptions | null;
  /** Time that the first inference takes longer than the others, in milliseconds. */
  readonly firstInferMs: number;
  readonly texts: AppTexts;
}

/** Everything that one life of the server knows. */
export interface MonaiState extends World {
  readonly switches: Switches;
  readonly datastore: Datastore;
  readonly queues: Readonly<Record<TaskKind, TaskQueue>>;
  /** The same work as in the queues, to be run while everybody waits. */
  readonly processes: Readonly<Record<TaskKind, BackgroundProcess>>;
  readonly sessions: Sessions;
  readonly serverLog: ServerLog;
  readonly gate: Gate;
  /** Aborted when nobody waits for answers of this server any more. */
  readonly closing: AbortController;
}
