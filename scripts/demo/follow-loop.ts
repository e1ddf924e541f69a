import { setTimeout as sleep } from 'node:timers/promises';
import type { LoopView } from '../../src/operations/loops/describe-loop.ts';
import type { LoopOperations } from '../../src/operations/loops/loop-operations.ts';

const LOOK_MS = 500;

/** Where a loop is, in one line; null where there is nothing to say. */
function situationOf({ status, iteration }: LoopView): string | null {
  if (status === null || status.phase === 'stopped' || status.number === null) return null;
  const what = status.number === 0 ? 'held-out frames' : `iteration ${status.number}`;
  const { step = null, waitingFor = null } = iteration?.status ?? {};
  if (status.phase === 'selecting') return `${what}: chooses frames`;
  if (step === null || step === 'done') return null;
  return `${what}: ${step}${waitingFor === 'people' ? ', people correct' : ''}`;
}

/**
 * Says each change of a loop until it has ended.
 *
 * @throws Error if it asks for a person's decision, which nobody takes here
 */
export async function followLoop(loops: LoopOperations, id: string, say: (line: string) => void): Promise<void> {
  let said: string | null = null;
  for (;;) {
    const view = await loops.describe(id);
    const trouble = view.status?.trouble ?? view.iteration?.status?.trouble ?? null;
    if (trouble !== null) throw new Error(`the loop needs a person: ${trouble.message}`);
    const line = situationOf(view);
    if (line !== null && line !== said) say(`     ${line}`);
    said = line ?? said;
    if (view.state === 'ended') return;
    await sleep(LOOK_MS);
  }
}
