import { ApplicationFailure } from '@temporalio/common';
import type { Logger, LogMetadata } from '@temporalio/worker';
import { pino } from 'pino';
import { isFailureCode } from '../contracts/failures.ts';

/** Pino's name for each of Temporal's levels. */
const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * JSON lines on stderr for what the Temporal SDK reports.
 *
 * @param level `trace`, `debug`, `info`, `warn`, `error` or `silent`; anything else counts as `warn`
 */
export function createTemporalLogger(level: string): Logger {
  const known = level in pino.levels.values || level === 'silent';
  const log = pino({ level: known ? level : 'warn', base: null }, pino.destination({ fd: 2, sync: true }));
  const write = (name: keyof typeof LEVELS, message: string, meta?: LogMetadata): void => {
    const { error, taskToken: _, ...facts } = meta ?? {};
    log[LEVELS[name]]({ ...plain(facts), ...failure(error) }, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
}

/** A failure that the catalogue knows, by its code and facts; any other with its stack. */
function failure(error: unknown): Record<string, unknown> {
  if (error === undefined) return {};
  if (error instanceof ApplicationFailure && isFailureCode(error.type)) {
    return { code: error.type, reason: error.message, facts: error.details?.[0] };
  }
  return { err: error };
}

/** Temporal's facts hold 64-bit numbers, which JSON cannot write. */
function plain(facts: LogMetadata): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]),
  );
}
