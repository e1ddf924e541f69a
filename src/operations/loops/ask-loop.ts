import { QueryNotRegisteredError, type Client } from '@temporalio/client';
import { loopStatusQuery } from '../../contracts/loop-messages.ts';
import type { LoopStatus } from '../../contracts/loop.ts';
import { GRPC, grpcError } from '../temporal-errors.ts';
import { aboutLoop } from './loop-errors.ts';

/** How long a worker may take to answer, in milliseconds. */
const QUERY_TIMEOUT_MS = 4000;

const SILENT: readonly number[] = [GRPC.DEADLINE_EXCEEDED, GRPC.FAILED_PRECONDITION, GRPC.CANCELLED];

/** The loop's own answer; null if no worker gives one in time. @throws MaskloopError `LoopNotFound`, `TemporalUnreachable` */
export async function askLoop(client: Client, id: string): Promise<LoopStatus | null> {
  const ask = () => client.workflow.getHandle(id).query(loopStatusQuery);
  try {
    return await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, ask);
  } catch (error) {
    const code = grpcError(error)?.code;
    if (error instanceof QueryNotRegisteredError || (code !== undefined && SILENT.includes(code))) return null;
    return aboutLoop(id, () => Promise.reject(error));
  }
}
