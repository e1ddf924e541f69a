import {
  WorkflowExecutionAlreadyStartedError,
  type Client,
  type WorkflowExecutionDescription,
} from '@temporalio/client';
import { MaskloopError, type Fact } from '../contracts/error.ts';
import { firstAttributes } from '../contracts/first-attributes.ts';
import { iterationId } from '../contracts/ids.ts';
import { ITERATION_WORKFLOW, type IterationInput } from '../contracts/iteration.ts';
import { TASK_QUEUES } from '../contracts/task-queues.ts';
import { canonicalDigest } from '../storage/canonical-json.ts';
import { comparableInput } from '../contracts/comparable-input.ts';
import { differencesText } from './differences-text.ts';
import { differences } from './differences.ts';
import { hasReceipt, type ReceiptStore } from '../receipts/read-receipt.ts';
import { readRunningInput } from './running-input.ts';
import { mapTemporalErrors } from './temporal-errors.ts';

export interface StartRequest {
  readonly input: IterationInput;
  /** Starts a further iteration of the same task where one is finished. */
  readonly again: boolean;
  /** Who starts it, for the receipt. */
  readonly by?: string | undefined;
}

export interface StartOutcome {
  readonly id: string;
  /** `joined`: an iteration of this id with equal inputs was running already. */
  readonly outcome: 'started' | 'joined';
}

/** Between a refused start and the look at the run that caused it, that run may end; then the start is tried again. */
const TRIES = 5;

/**
 * Starts an iteration, or joins the running one of the same id and inputs. Safe against any number of callers at
 * once: exactly one starts, the others join or are refused.
 *
 * @throws MaskloopError `IterationDone` if it is finished (without `again`), `IterationDiffers` if it runs with
 *   other inputs (facts.differences), `SearchAttributesMissing`, `TemporalUnreachable`, `StoreUnreachable`
 */
export async function startIteration(
  { client, store }: { client: Client; store: ReceiptStore },
  { input, again, by }: StartRequest,
): Promise<StartOutcome> {
  for (let round = 1; ; round += 1) {
    const id = iterationId({ ...input, round });
    const outcome = (await hasReceipt(store, id)) ? 'done' : await startOrJoin(client, id, { input, by });
    if (outcome !== 'done') return { id, outcome };
    if (!again) {
      throw new MaskloopError('IterationDone', `The iteration ${id} is finished.`, { facts: { id } });
    }
  }
}

async function startOrJoin(
  client: Client,
  id: string,
  { input, by }: Omit<StartRequest, 'again'>,
): Promise<StartOutcome['outcome'] | 'done'> {
  const digest = canonicalDigest(comparableInput(input));
  for (let tries = 1; ; tries += 1) {
    if (await tryStart(client, id, input, { digest, by: by ?? '' })) return 'started';
    const run = await mapTemporalErrors({ id }, () => client.workflow.getHandle(id).describe());
    // A completed run whose receipt is not (yet) seen in the store counts as finished, too.
    if (run.status.name === 'COMPLETED') return 'done';
    if (run.status.name === 'RUNNING' || tries === TRIES) return join(client, run, input, digest);
  }
}

/** False if Temporal has a running or completed run of this id; cancelled, failed and terminated ones may follow each other. */
async function tryStart(
  client: Client,
  id: string,
  input: IterationInput,
  memo: { digest: string; by: string },
): Promise<boolean> {
  try {
    await mapTemporalErrors({ id }, () =>
      client.workflow.start(ITERATION_WORKFLOW, {
        workflowId: id,
        taskQueue: TASK_QUEUES.iterations,
        args: [input],
        memo,
        typedSearchAttributes: firstAttributes(input, new Date()),
        workflowIdReusePolicy: 'ALLOW_DUPLICATE_FAILED_ONLY',
        workflowIdConflictPolicy: 'FAIL',
      }),
    );
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

async function join(
  client: Client,
  run: WorkflowExecutionDescription,
  input: IterationInput,
  digest: string,
): Promise<'joined'> {
  if (run.memo?.['digest'] === digest) return 'joined';
  const id = run.workflowId;
  const running = await readRunningInput(client, { id, runId: run.runId });
  const [asRun, asAsked] = [comparableInput(running), comparableInput(input)];
  const found = differences(asRun, asAsked);
  const text = differencesText(asRun, asAsked);
  throw new MaskloopError('IterationDiffers', `The iteration ${id} runs with other inputs: ${text}.`, {
    facts: { id, differences: found.map((difference): Fact => ({ ...difference })) },
  });
}
