import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { mapTemporalErrors } from '../temporal-errors.ts';

/** Runs a call to Temporal about a loop. @throws MaskloopError `LoopNotFound` if none of this id runs, and what `mapTemporalErrors` throws */
export async function aboutLoop<T>(id: string, call: () => Promise<T>): Promise<T> {
  try {
    return await mapTemporalErrors({ id }, call);
  } catch (error) {
    if (!isMaskloopError(error, 'IterationNotFound')) throw error;
    throw new MaskloopError('LoopNotFound', `No loop of the id ${id} runs.`, { facts: { id }, cause: error });
  }
}
