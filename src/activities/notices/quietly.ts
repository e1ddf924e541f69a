import { log } from '@temporalio/activity';
import { isMaskloopError } from '../../contracts/error.ts';

/** Does what is not worth failing for: what goes wrong is logged by its code, and nothing else of it. */
export async function quietly(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    log.warn('People could not be told', { what, code: isMaskloopError(error) ? error.code : 'unexpected' });
  }
}
