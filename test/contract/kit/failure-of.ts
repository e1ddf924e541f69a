import { isMaskloopError, type MaskloopError } from '../../../src/contracts/error.ts';

/** The failure that a call ends with. @throws Error if it succeeds; what it throws, if that is no failure of the catalogue */
export async function failureOf(call: Promise<unknown>): Promise<MaskloopError> {
  const outcome = await call.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('value' in outcome) throw new Error(`succeeded with ${JSON.stringify(outcome.value)}`);
  if (isMaskloopError(outcome.error)) return outcome.error;
  throw outcome.error;
}
