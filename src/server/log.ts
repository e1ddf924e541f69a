import type { Facts } from '../contracts/error.ts';

/** Where the server writes what an operator should know; no secret and nothing of a stranger's message goes there. */
export interface ServerLog {
  info(message: string, facts?: Facts): void;
  warn(message: string, facts?: Facts): void;
}
