import { createRequestLog, type RequestLog } from '../request-log.ts';
import type { RunningServer } from '../running-server.ts';
import { createApp } from './app.ts';
import { createBackground } from './background.ts';
import { createState, type CvatState } from './state/cvat-state.ts';
import { addUser, type NewUser } from './state/users.ts';

/** The administrator of a stand-in CVAT. */
export const SANDBOX_ADMIN = { username: 'admin', password: 'maskloop-sandbox' } as const;
/** A user without rights of their own, who works on the jobs given to them. */
export const SANDBOX_ANNOTATOR = { username: 'annotator', password: 'maskloop-sandbox' } as const;

export interface SandboxCvatOptions {
  /** A free one if left out. */
  readonly port?: number;
  /** Decides keys, file ids and how durations vary; 1 if left out. */
  readonly seed?: number;
  readonly log?: RequestLog;
  /** Further users beside {@link SANDBOX_ADMIN} and {@link SANDBOX_ANNOTATOR}. */
  readonly users?: readonly NewUser[];
  /** Time that a request waits for a worker, in milliseconds; 20 if left out. */
  readonly queuedMs?: number;
  /** Time that an annotation import takes, in milliseconds; 200 if left out. */
  readonly importMs?: number;
  /** Time that making a task from images takes, in milliseconds; 150 if left out. */
  readonly createTaskMs?: number;
  /** Milliseconds since 1970, for the times that CVAT writes; real time if left out. */
  readonly clock?: () => number;
}

export interface SandboxCvat extends RunningServer {
  readonly state: CvatState;
  readonly users: readonly NewUser[];
}

/**
 * Starts a stand-in CVAT 2.73.0 on 127.0.0.1. It keeps everything in memory and ends with {@link RunningServer.close}.
 *
 * @throws Error if the port is taken
 */
export async function startSandboxCvat(options: SandboxCvatOptions = {}): Promise<SandboxCvat> {
  const state = createState({ seed: options.seed ?? 1, clock: options.clock ?? Date.now });
  const users = [{ ...SANDBOX_ADMIN, isAdmin: true }, SANDBOX_ANNOTATOR, ...(options.users ?? [])];
  for (const user of users) addUser(state, user);
  const background = createBackground(state, {
    queuedMs: options.queuedMs ?? 20,
    importMs: options.importMs ?? 200,
    createTaskMs: options.createTaskMs ?? 150,
  });
  const log = options.log ?? createRequestLog();
  const app = await createApp({ state, background }, log);
  const url = await app.listen({ host: '127.0.0.1', port: options.port ?? 0 });
  return {
    url,
    log,
    state,
    users,
    async close() {
      background.close();
      await app.close();
    },
  };
}
