import type { ArtifactRef } from '../contracts/refs.ts';
import { MaskloopError } from '../contracts/error.ts';
import { describeErrno, errnoOf } from './errno.ts';

/**
 * What a system error in the store's folder means to its caller: `StoreUnreachable`, whatever it is. A full disk, a
 * lost mount or a withdrawn permission is mended outside of any iteration, after which the same call succeeds; so
 * it is waited out and no step is lost. Errors that are not the system's come back unchanged.
 */
export function toStoreFailure<E>(error: E, task: string, path: string): E | MaskloopError {
  const code = errnoOf(error);
  if (code === undefined) return error;
  return new MaskloopError('StoreUnreachable', `Cannot ${task} ${path}: ${describeErrno(error)}.`, {
    facts: { path, code },
    cause: error,
  });
}

/** Runs a file operation inside the store; see {@link toStoreFailure}. */
export async function inStore<T>(task: string, path: string, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    throw toStoreFailure(error, task, path);
  }
}

export function artifactMissing(ref: ArtifactRef, reason: string, cause?: unknown): MaskloopError {
  return new MaskloopError('ArtifactMissing', `The artifact ${ref.uri} cannot be found: ${reason}.`, {
    facts: { uri: ref.uri, sha256: ref.sha256 },
    cause,
  });
}

export function artifactCorrupt(ref: ArtifactRef, found: string): MaskloopError {
  return new MaskloopError(
    'ArtifactCorrupt',
    `The artifact ${ref.uri} has the SHA-256 ${found}; ${ref.sha256} was expected.`,
    { facts: { uri: ref.uri, expected: ref.sha256, found } },
  );
}
