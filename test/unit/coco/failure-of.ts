import { isMaskloopError, type MaskloopError } from '../../../src/contracts/error.ts';

/** The MaskloopError that `action` ends with; any other end is an error of the test. */
export async function failureOf(action: () => unknown): Promise<MaskloopError> {
  try {
    await action();
  } catch (error) {
    if (isMaskloopError(error)) return error;
    throw error;
  }
  throw new Error('expected a MaskloopError, but nothing failed');
}
