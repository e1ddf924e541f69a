import { isNativeError } from 'node:util/types';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ApplicationFailure, NamespaceNotFoundError } from '@temporalio/common';
import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import { isFailureCode } from '../contracts/failures.ts';
import { readFacts } from './facts.ts';

/** What a call to Temporal was about, for the text of its error. */
export interface About {
  readonly address?: string;
  /** Id of the iteration. */
  readonly id?: string;
}

/** gRPC status codes by number; https://grpc.io/docs/guides/status-codes/. */
export const GRPC = {
  CANCELLED: 1,
  DEADLINE_EXCEEDED: 4,
  NOT_FOUND: 5,
  FAILED_PRECONDITION: 9,
  UNAVAILABLE: 14,
} as const;

/**
 * Runs a call to Temporal and turns its errors into those of the catalogue: `IterationNotFound`, `WorkerSilent`,
 * `SearchAttributesMissing`, the code that an update was rejected with, and `TemporalUnreachable` for the rest.
 */
export async function mapTemporalErrors<T>(about: About, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw isMaskloopError(error) ? error : toMaskloopError(error, about);
  }
}

function toMaskloopError(error: unknown, about: About): unknown {
  if (error instanceof WorkflowNotFoundError) return notFound(about);
  if (error instanceof WorkflowUpdateFailedError) return rejected(error, about);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return silent(error, about);
  if (error instanceof NamespaceNotFoundError) return noNamespace(error, about);
  const grpc = grpcError(error) ?? transportError(error);
  if (grpc === null) return error;
  if (grpc.details.includes('search attribute')) {
    return new MaskloopError('SearchAttributesMissing', `Temporal refuses the search attributes: ${grpc.details}`, {
      cause: error,
    });
  }
  return unreachable(grpc, error, about);
}

/** The iteration is unknown to Temporal, or its run has ended. */
function notFound(about: About): MaskloopError {
  const id = about.id ?? '';
  return new MaskloopError('IterationNotFound', `No iteration of the id ${id} is running.`, { facts: { id } });
}

function noNamespace(error: NamespaceNotFoundError, about: About): MaskloopError {
  const { namespace } = error;
  return new MaskloopError('TemporalUnreachable', `Temporal has no namespace ${namespace}; see TEMPORAL_NAMESPACE.`, {
    facts: { ...(about.address === undefined ? {} : { address: about.address }), namespace },
    cause: error,
  });
}

/** The workflow refused or failed an update; the failure's type is the code. */
function rejected(error: WorkflowUpdateFailedError, about: About): unknown {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || !isFailureCode(cause.type)) return error;
  const facts = { ...(about.id === undefined ? {} : { id: about.id }), ...readFacts(cause.details?.[0]) };
  return new MaskloopError(cause.type, cause.message, { facts, cause: error });
}

function silent(error: Error, about: About): MaskloopError {
  const id = about.id ?? '';
  return new MaskloopError('WorkerSilent', `No worker took the request for ${id} in time.`, {
    facts: { id },
    cause: error,
  });
}

function unreachable(grpc: GrpcError, cause: unknown, about: About): MaskloopError {
  const where = about.address === undefined ? 'Temporal' : `Temporal at ${about.address}`;
  return new MaskloopError('TemporalUnreachable', `${where} does not answer as it should: ${grpc.details}`, {
    facts: { ...(about.address === undefined ? {} : { address: about.address }), grpcStatus: grpc.code },
    cause,
  });
}

export interface GrpcError {
  readonly code: number;
  readonly details: string;
}

/** The gRPC error that an error is or has as its cause; null if there is none. */
export function grpcError(error: unknown): GrpcError | null {
  if (isGrpcServiceError(error)) return { code: error.code, details: error.details || error.message };
  if (typeof error === 'object' && error !== null && 'cause' in error) return grpcError(error.cause);
  return null;
}

/** What the worker's native connection throws when nobody answers, in the same form. */
function transportError(error: unknown): GrpcError | null {
  const isTransport = isNativeError(error) && error.name === 'TransportError';
  return isTransport ? { code: GRPC.UNAVAILABLE, details: error.message } : null;
}
