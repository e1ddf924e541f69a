import type { Client } from '@temporalio/client';
import { describe, expect, it } from '@jest/globals';
import type { LookRequest } from '../../../src/contracts/look.ts';
import { lookOnWorker } from '../../../src/operations/looks/look-on-worker.ts';

const MINUTE_MS = 60_000;

/** How long Temporal gives the run of a look, in milliseconds. */
async function limitOf(request: LookRequest): Promise<unknown> {
  const limits: unknown[] = [];
  const start = async (_type: string, options: { workflowExecutionTimeout: unknown }) => {
    limits.push(options.workflowExecutionTimeout);
    return { result: async () => ({ name: 'answers/1-a', bytes: 1 }) };
  };
  const store = { getNamed: async () => Buffer.from('x'), removeNamed: async () => undefined };
  await lookOnWorker({ client: { workflow: { start } } as unknown as Client, store }, request, 'it');
  return limits[0];
}

describe('the run of a look', () => {
  it('ends a little after a worker may have had its time, so that none waits for workers that are gone', async () => {
    const limit = await limitOf({ kind: 'jobs', connection: 'default', tasks: [1], withEdits: false });
    expect(limit).toBe(2.5 * MINUTE_MS);
  });

  it.each<LookRequest>([
    { kind: 'reference', roots: ['/data'], path: '/data/a' },
    { kind: 'labels', connection: 'default', taskId: 1, via: 'native', categories: null },
  ])('has the six hours that a worker has for $kind', async (request) => {
    expect(await limitOf(request)).toBeGreaterThan(6 * 60 * MINUTE_MS);
  });
});
