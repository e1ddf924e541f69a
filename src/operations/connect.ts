import { isNativeError } from 'node:util/types';
import { Client, Connection, type ConnectionOptions } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import { grpcError } from './temporal-errors.ts';

/** How long Temporal may take to answer the first call, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5000;

/**
 * Between two tries to reach a Temporal that is away, in milliseconds, first and at most. By itself gRPC waits longer each time, up to two
 * minutes: so long pages would say that Temporal is away after it is back.
 */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 1000 };

export interface TemporalConnection {
  readonly client: Client;
  readonly close: () => Promise<void>;
}

/**
 * Connects to Temporal and checks that it answers.
 *
 * @throws MaskloopError `TemporalUnreachable` (facts.address) after at most 5 s
 */
export async function connectTemporal(temporal: {
  readonly address: string;
  readonly namespace: string;
  readonly connectionOptions: ConnectionOptions;
}): Promise<TemporalConnection> {
  const { address, namespace, connectionOptions } = temporal;
  const connection = await Connection.connect({
    ...connectionOptions,
    address,
    connectTimeout: CONNECT_TIMEOUT_MS,
  }).catch((error: unknown) => {
    throw unreachable(address, error);
  });
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}

/**
 * A connection that is made with the first call, and made again whenever it is lost, within about a second of Temporal's return however
 * long that took: for a process that has to live while Temporal is away.
 */
export function lazyTemporal(temporal: {
  readonly address: string;
  readonly namespace: string;
  readonly connectionOptions: ConnectionOptions;
}): TemporalConnection {
  const { address, namespace, connectionOptions } = temporal;
  const channelArgs = { ...RECONNECT, ...connectionOptions.channelArgs };
  const connection = Connection.lazy({
    ...connectionOptions,
    channelArgs,
    address,
    connectTimeout: CONNECT_TIMEOUT_MS,
  });
  return { client: new Client({ connection, namespace }), close: () => connection.close() };
}

/** Whatever goes wrong here, nobody that can be talked to is there. */
function unreachable(address: string, cause: unknown): MaskloopError {
  const reason = grpcError(cause)?.details ?? (isNativeError(cause) ? cause.message : 'no reason given');
  return new MaskloopError('TemporalUnreachable', `Temporal does not answer at ${address}: ${reason}`, {
    facts: { address },
    cause,
  });
}
