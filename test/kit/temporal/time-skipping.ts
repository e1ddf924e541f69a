import { TestWorkflowEnvironment } from '@temporalio/testing';
import { SEARCH_ATTRIBUTES } from '../../../src/contracts/search-attributes.ts';
import { findTemporalBinary } from '../../../src/temporal-binaries/find-binary.ts';
import { quietRuntime } from './quiet-runtime.ts';
import { StartRecorder } from './start-recorder.ts';
import type { TestTemporal } from './test-temporal.ts';

/**
 * Starts the test server on which waiting takes no time: while `handle.result()` is awaited, timers fire at once.
 * It knows no list, no schedules, and may lose the last heartbeat of a failed try.
 */
export async function startTimeSkipping(): Promise<TestTemporal> {
  quietRuntime();
  const path = await findTemporalBinary('temporal-test-server', { env: process.env });
  const starts = new StartRecorder();
  const env = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
    client: { interceptors: { workflow: [starts.interceptor] } },
  });
  await registerSearchAttributes(env);
  return { env, address: env.address, starts, close: async () => env.teardown() };
}

/** This server can be told of search attributes, but not asked for them. */
async function registerSearchAttributes(env: TestWorkflowEnvironment): Promise<void> {
  const types = { KEYWORD: 2, INT: 3, DATETIME: 6 };
  const known = Object.values(SEARCH_ATTRIBUTES).map(({ name, type }) => [name, types[type]] as const);
  await env.connection.operatorService.addSearchAttributes({
    namespace: env.namespace ?? 'default',
    searchAttributes: Object.fromEntries(known),
  });
}
