import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { isMaskloopError } from '../contracts/error.ts';

/** Time between two rounds, in milliseconds. */
const ROUND_MS = 30_000;

/** A round of the postman: sends what is due. */
export type Round = (signal: AbortSignal) => Promise<void>;

interface Postman {
  /** In milliseconds; 30 s if left out. */
  readonly roundMs?: number;
  /** Hears the code of what went wrong; the log of the process if left out. */
  readonly warn?: (code: string) => void;
}

function toLog(code: string): void {
  pino({ base: null }, pino.destination({ fd: 2, sync: true })).warn({ code }, 'Notices could not be sent');
}

/**
 * Walks the rounds again and again until the signal aborts: what was refused is tried again, what had to wait is sent, digests are
 * made. Any number of workers do so at the same time. What goes wrong is told by its code and tried in the next round.
 */
export async function runPostman(
  rounds: readonly Round[],
  signal: AbortSignal,
  { roundMs = ROUND_MS, warn = toLog }: Postman = {},
): Promise<void> {
  while (!signal.aborted) {
    for (const round of rounds) {
      try {
        await round(signal);
      } catch (error) {
        if (!signal.aborted) warn(isMaskloopError(error) ? error.code : 'unexpected');
      }
    }
    await delay(roundMs, undefined, { signal }).catch(() => undefined);
  }
}
