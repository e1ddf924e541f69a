import type { Client } from '@temporalio/client';
import type { LoopPlan } from '../../contracts/loop-plan.ts';
import type { LoopInput } from '../../contracts/loop.ts';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { describeLoop, type LoopView } from './describe-loop.ts';
import { findLoops, type LoopRow } from './find-loops.ts';
import { planLoop } from './plan-loop.ts';
import { resolveLoop } from './resolve-loop.ts';
import { startLoop, type LoopStartOutcome, type LoopStartRequest } from './start-loop.ts';
import { loopSteering, type LoopSteering } from './steer-loop.ts';

/** What people do with loops. */
export interface LoopOperations extends LoopSteering {
  /** See {@link startLoop}. */
  start(request: LoopStartRequest): Promise<LoopStartOutcome>;
  /** What the next iteration would do; see {@link planLoop}. */
  plan(loop: LoopInput): Promise<LoopPlan>;
  list(): Promise<readonly LoopRow[]>;
  /** The loop that is meant by a name, a part of an id or nothing; see {@link resolveLoop}. */
  resolve(given: string | undefined): Promise<LoopRow>;
  describe(id: string): Promise<LoopView>;
}

/** How long one request to Temporal may take, in milliseconds. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Binds the operations to one Temporal namespace and one store. */
export function createLoopOperations(where: {
  readonly client: Client;
  readonly store: ReceiptStore;
  readonly patienceMs?: number;
}): LoopOperations {
  const { client } = where;
  const within = <T>(call: () => Promise<T>): Promise<T> => {
    return client.withDeadline(Date.now() + REQUEST_TIMEOUT_MS, call);
  };
  return {
    ...loopSteering(client, where.patienceMs),
    start: (request) => within(() => startLoop(client, request)),
    plan: (loop) => planLoop(where, loop),
    list: () => within(() => findLoops(where)),
    resolve: async (given) => resolveLoop(given, await within(() => findLoops(where))),
    describe: (id) => within(() => describeLoop(where, id)),
  };
}
