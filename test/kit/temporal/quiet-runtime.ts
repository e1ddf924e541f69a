import { DefaultLogger, type LogLevel, Runtime } from '@temporalio/worker';

const LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

let installed = false;

/**
 * Makes the SDK log errors only, or what `MASKLOOP_TEST_LOG` names (`DEBUG`, `INFO`, …). Called by everything
 * in the kit that starts a server or a worker; the first call of a test file counts.
 */
export function quietRuntime(): void {
  if (installed) return;
  installed = true;
  const level = LEVELS.find((one) => one === process.env['MASKLOOP_TEST_LOG']) ?? 'ERROR';
  Runtime.install({
    logger: new DefaultLogger(level),
    telemetryOptions: { logging: { filter: level, forward: {} } },
  });
}
