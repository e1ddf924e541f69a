import { MaskloopError } from '../contracts/error.ts';
import type { LoopOperations } from '../operations/loops/loop-operations.ts';

/** Loops are not asked for through a server yet. */
export function remoteLoops(): LoopOperations {
  return {
    start: refuse,
    plan: refuse,
    list: refuse,
    resolve: refuse,
    describe: refuse,
    pause: refuse,
    resume: refuse,
    stop: refuse,
    edit: refuse,
    answer: refuse,
    begin: refuse,
  };
}

async function refuse(): Promise<never> {
  throw new MaskloopError('NotThroughServer', 'Loops are steered where Temporal is reached, without MASKLOOP_URL.');
}
