import type { RequestLog } from '../request-log.ts';
import type { Clock } from './clock.ts';
import type { WatcherLimit } from './datastore/watcher.ts';
import type { AppTexts, AuthOptions } from './state.ts';
import type { ModelLabels, Pace } from './world.ts';

/** What a server reads from its environment when it starts; a restart may change it. */
export interface ServerOptions {
  /**
   * Whether the folder is watched; true by default, as on the server. Without it deletions show at once, and what
   * background processes write shows after the next deletion only.
   */
  readonly autoReload?: boolean | undefined;
  /** Time until a deletion or another's write is noticed, in milliseconds; 300 by default. */
  readonly watcherMs?: number | undefined;
  /** What the watcher does not survive; five uploads less than 100 ms apart by default, null for nothing. */
  readonly watcherLimit?: WatcherLimit | null | undefined;
  /** Whether runs are tracked unless they say otherwise, and then fail; false by default, unlike on the server. */
  readonly tracking?: boolean | undefined;
  /** Whether scorings are queued without being asked for; false by default, unlike on the server. */
  readonly autoUpdateScoring?: boolean | undefined;
  /** Whether its log is that of a server with the CVAT datastore; no label is ever fetched. False by default. */
  readonly watchesCvat?: boolean | undefined;
  /** Logins; none by default. */
  readonly auth?: AuthOptions | undefined;
  /** Time that the first inference takes longer than the others, all others waiting; 0 by default. */
  readonly firstInferMs?: number | undefined;
}

export interface SandboxMonaiOptions extends ServerOptions, Partial<Readonly<Record<keyof Pace, number | undefined>>> {
  /** A free port by default. */
  readonly port?: number | undefined;
  /** Decides initial weights and the course of trainings; 1 by default. */
  readonly seed?: number | undefined;
  readonly log?: RequestLog | undefined;
  /** Labels of the default model; those of the generated scenes by default. */
  readonly labels?: ModelLabels | undefined;
  /** File of the default model that is published from the start, where none is yet; none by default. */
  readonly published?: Uint8Array | undefined;
  /** Models and trainers by name, instead of the default one. */
  readonly models?: Readonly<Record<string, ModelLabels>> | undefined;
  /**
   * Where images, labels, models, sessions and logs are kept, to be found again by the next server on it; by default a
   * temporary folder that `close` removes.
   */
  readonly folder?: string | undefined;
  /** Time from a submission until its task runs, in milliseconds; 100 by default. */
  readonly spawnMs?: number | undefined;
  /**
   * Looks that find half of the statistics and are answered 500, after each time that a trainer has rewritten them; 0 by
   * default. On the server it is whoever asks in that very moment.
   */
  readonly tornReads?: number | undefined;
  /** What the app tells about itself. */
  readonly texts?: Partial<AppTexts> | undefined;
  /** The machine's clock by default. */
  readonly clock?: Clock | undefined;
}
