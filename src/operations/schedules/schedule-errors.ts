import { isNativeError } from 'node:util/types';
import { ScheduleAlreadyRunning, ScheduleNotFoundError } from '@temporalio/client';
import { MaskloopError } from '../../contracts/error.ts';
import { grpcError, mapTemporalErrors } from '../temporal-errors.ts';

/** gRPC's status for what the server does not understand; https://grpc.io/docs/guides/status-codes/. */
const INVALID_ARGUMENT = 3;

/**
 * Runs a call about the schedule of a loop.
 *
 * @throws MaskloopError `ScheduleExists`, `ScheduleNotFound`, `ScheduleInvalid`, and as {@link mapTemporalErrors}
 */
export async function mapScheduleErrors<T>(loop: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const facts = { loop };
    if (error instanceof ScheduleAlreadyRunning) {
      throw new MaskloopError('ScheduleExists', `The loop ${loop} has a schedule.`, { facts, cause: error });
    }
    if (error instanceof ScheduleNotFoundError) {
      throw new MaskloopError('ScheduleNotFound', `The loop ${loop} has no schedule.`, { facts, cause: error });
    }
    const refused = refusalOf(error);
    if (refused !== null) {
      throw new MaskloopError('ScheduleInvalid', `The schedule of ${loop} cannot be made: ${refused}.`, {
        facts,
        cause: error,
      });
    }
    return mapTemporalErrors({}, () => {
      throw error;
    });
  }
}

/** What Temporal does not understand: its server says so, or its client, by a TypeError. */
function refusalOf(error: unknown): string | null {
  const grpc = grpcError(error);
  if (grpc?.code === INVALID_ARGUMENT) return grpc.details;
  return isNativeError(error) && error.name === 'TypeError' ? error.message : null;
}
