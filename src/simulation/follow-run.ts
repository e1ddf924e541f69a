import { setTimeout as sleep } from 'node:timers/promises';
import { MaskloopError } from '../contracts/error.ts';
import type { Trouble } from '../contracts/iteration.ts';
import type { LoopView } from '../operations/loops/describe-loop.ts';
import type { LoopOperations } from '../operations/loops/loop-operations.ts';

/** Short, since nothing else is waited for. */
const LOOK_MS = 100;

/** What works on a simulated loop. */
export interface Workplace {
  readonly loops: Pick<LoopOperations, 'describe'>;
  /** Draws what the labels say into a task, and completes its jobs. */
  readonly annotate: (taskId: number) => Promise<void>;
  /** Has an iteration look at CVAT. */
  readonly wake: (iteration: string) => Promise<void>;
}

/**
 * Does the people's part of a loop until it has ended.
 *
 * @param onIteration is told the number of each iteration that begins
 * @throws MaskloopError `SimulationStuck` where a person would be asked; the signal's reason if aborted
 */
export async function followRun(
  { loops, annotate, wake }: Workplace,
  id: string,
  { signal, onIteration }: { readonly signal: AbortSignal; readonly onIteration: (number: number) => void },
): Promise<void> {
  const annotated = new Set<number>();
  for (;;) {
    signal.throwIfAborted();
    const view = await loops.describe(id);
    if (view.state !== 'running') return;
    refuseTrouble(view);
    const { status = null } = view.iteration ?? {};
    if (view.status?.phase === 'iterating' && view.status.number !== null) onIteration(view.status.number);
    const taskId = status?.waitingFor === 'people' ? status.results.task?.taskId : undefined;
    if (status !== null && taskId !== undefined && !annotated.has(taskId)) {
      await annotate(taskId);
      annotated.add(taskId);
      await wake(status.id);
    } else await sleep(LOOK_MS, undefined, { signal });
  }
}

/** What is waited for by itself, such as a server, is no trouble here. */
function refuseTrouble({ id, status, iteration }: LoopView): void {
  const asked: Trouble | null =
    status?.phase === 'asking'
      ? status.trouble
      : iteration?.status?.waitingFor === 'decision'
        ? iteration.status.trouble
        : null;
  if (asked === null) return;
  throw new MaskloopError('SimulationStuck', `${asked.code}: ${asked.message}`, {
    facts: { ...asked.facts, loop: id, code: asked.code },
  });
}
