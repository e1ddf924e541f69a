import type { RequestLog } from './request-log.ts';

/** A stand-in that listens on this machine. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a trailing slash. */
  readonly url: string;
  readonly log: RequestLog;
  /** Stops listening, cuts open connections and ends background work. Closing twice is allowed. */
  close(): Promise<void>;
}
