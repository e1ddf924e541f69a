import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { MaskloopError } from '../../contracts/error.ts';
import { loopId } from '../../contracts/ids.ts';
import { LOOP_WORKFLOW, type LoopInput } from '../../contracts/loop.ts';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes.ts';
import { TASK_QUEUES } from '../../contracts/task-queues.ts';
import { askLoop } from './ask-loop.ts';
import { aboutLoop } from './loop-errors.ts';

export interface LoopStartRequest {
  readonly loop: LoopInput;
  readonly by: string;
}

export interface LoopStartOutcome {
  readonly id: string;
  /** `joined`: it ran already with an equal policy. */
  readonly outcome: 'started' | 'joined';
  /** True for one that was joined and ends after the iteration that runs. */
  readonly ends: boolean;
}

/** Between a refused start and the look at the run that caused it, that run may end; then the start is tried again. */
const TRIES = 5;

/**
 * Starts a loop, or joins the one that runs with an equal policy. One that has ended, or that Temporal has lost, goes on
 * from what the store and CVAT have. Exactly one of any number of callers starts.
 *
 * @throws MaskloopError `LoopDiffers` if it runs with another policy, `WorkerSilent`, `SearchAttributesMissing`,
 *   `TemporalUnreachable`
 */
export async function startLoop(client: Client, { loop, by }: LoopStartRequest): Promise<LoopStartOutcome> {
  const id = loopId(loop);
  for (let tries = 1; ; tries += 1) {
    if (await tryStart(client, id, { loop, by })) return { id, outcome: 'started', ends: false };
    const { status } = await aboutLoop(id, () => client.workflow.getHandle(id).describe());
    if (status.name !== 'RUNNING' && tries < TRIES) continue;
    return { id, outcome: 'joined', ends: await joinSame(client, id, loop) };
  }
}

async function tryStart(client: Client, id: string, { loop, by }: LoopStartRequest): Promise<boolean> {
  try {
    await aboutLoop(id, () =>
      client.workflow.start(LOOP_WORKFLOW, {
        workflowId: id,
        taskQueue: TASK_QUEUES.iterations,
        args: [loop],
        memo: { by },
        typedSearchAttributes: [
          { key: SEARCH_ATTRIBUTES.project, value: loop.project },
          { key: SEARCH_ATTRIBUTES.connection, value: loop.connection },
          { key: SEARCH_ATTRIBUTES.step, value: 'selecting' },
          { key: SEARCH_ATTRIBUTES.waitingFor, value: 'machine' },
          { key: SEARCH_ATTRIBUTES.since, value: new Date() },
        ],
        workflowIdReusePolicy: 'ALLOW_DUPLICATE',
        workflowIdConflictPolicy: 'FAIL',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

/** Equal policies have equal references, since the store keeps them in one form. Returns whether the loop is about to end. */
async function joinSame(client: Client, id: string, { policy }: LoopInput): Promise<boolean> {
  const status = await askLoop(client, id);
  if (status === null) {
    throw new MaskloopError('WorkerSilent', `The loop ${id} runs, and no worker tells with which policy.`, {
      facts: { id },
    });
  }
  const counts = status.edited ?? status.policy;
  if (counts.sha256 === policy.sha256) return status.end !== null;
  throw new MaskloopError('LoopDiffers', `The loop ${id} runs with another policy.`, {
    facts: { id, running: counts.uri, asked: policy.uri },
  });
}
