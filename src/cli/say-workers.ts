import { isMaskloopError } from '../contracts/error.ts';
import type { Operations } from '../operations/operations.ts';
import { note } from './command.ts';
import type { CliContext } from './context.ts';

/** Says on stderr when no worker asks for work: then nothing of what runs moves. Who may not ask for that learns nothing. */
export async function sayIfNoWorker(context: CliContext, operations: Operations): Promise<void> {
  try {
    const { workflow } = await operations.pollers();
    if (workflow.length > 0) return;
    note(context, 'No worker is running: nothing moves. Start one: maskloop worker, or maskloop up.');
  } catch (error) {
    if (!isMaskloopError(error)) throw error;
  }
}
