import { pino } from 'pino';
import type { Logger, LogMetadata } from '@temporalio/worker';

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
    const { error, ...facts } = meta ?? {};
    log[LEVELS[name]]({ ...plain(facts), ...(error === undefined ? {} : { err: error }) }, message);
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

/** Temporal's facts hold 64-bit numbers, which JSON cannot write. */
function plain(facts: LogMetadata): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [key, typeof value === 'bigint' ? String(value) : value]),
  );
}
