import { isMaskloopError, type MaskloopError } from '../../../src/contracts/error.ts';

/** The MaskloopError with which a promise fails. Fails itself if the promise does not, or fails in another way. */
export async function caught(promise: Promise<unknown>): Promise<MaskloopError> {
  try {
    await promise;
  } catch (error) {
    if (isMaskloopError(error)) return error;
    throw error;
  }
  throw new Error('expected a failure');
}
