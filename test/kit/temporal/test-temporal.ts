import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { StartRecorder } from './start-recorder.ts';

/** A Temporal server that belongs to a test file. */
export interface TestTemporal {
  readonly env: TestWorkflowEnvironment;
  /** `host:port` for other clients and processes. */
  readonly address: string;
  /** Everything that `env.client` has started. */
  readonly starts: StartRecorder;
  /** Ends the server; nothing of it stays. */
  close(): Promise<void>;
}
