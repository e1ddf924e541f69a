import { startDevServer } from '../../kit/temporal/dev-server.ts';
import type { TestTemporal } from '../../kit/temporal/test-temporal.ts';

/** A Temporal server that starts when it is first asked for. */
export interface SharedTemporal {
  open(): Promise<TestTemporal>;
  close(): Promise<void>;
}

export function shareTemporal(): SharedTemporal {
  let started: Promise<TestTemporal> | undefined;
  return {
    open: async () => (started ??= startDevServer()),
    close: async () => (await started)?.close(),
  };
}
