import { WorkflowExecutionAlreadyStartedError, type Client } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import {
  EXCLUDE_FRAMES_WORKFLOW,
  excludeRunId,
  FORGET_FRAMES_WORKFLOW,
  FORGET_RUN_ID,
  type ExcludeInput,
  type ExcludeResult,
  type ForgetInput,
  type ForgetResult,
} from '../contracts/withdrawal.ts';
import { runOnWorker, type WorkerJob } from './run-on-worker.ts';

interface Where {
  readonly client: Client;
  readonly patienceMs?: number;
}

/** Names travel through Temporal; far below what a payload may hold. */
const MAX_NAMES_BYTES = 8000;

/**
 * Takes frames out of training, or into it again, and waits until that is recorded and, where the trainer is free, done.
 *
 * @throws MaskloopError `FrameUnknown`, `FrameAmbiguous`, `InvalidName` for too many names at once, `WithdrawalRunning`,
 *   `WorkerSilent`, and what the trainer and the store may meet
 */
export async function excludeFrames(where: Where, input: ExcludeInput): Promise<ExcludeResult> {
  return run(where, { type: EXCLUDE_FRAMES_WORKFLOW, workflowId: excludeRunId(input), args: [input], id: input.task });
}

/**
 * Removes frames everywhere, or tells what would be removed, and waits for the end.
 *
 * @throws MaskloopError as {@link excludeFrames}, and `TrainerTaken`
 */
export async function forgetFrames(where: Where, input: ForgetInput): Promise<ForgetResult> {
  const id = input.frames[0] ?? '';
  return run(where, { type: FORGET_FRAMES_WORKFLOW, workflowId: FORGET_RUN_ID, args: [input], id });
}

async function run<R>({ client, patienceMs }: Where, job: Omit<WorkerJob, 'patienceMs'>): Promise<R> {
  const bytes = Buffer.byteLength(JSON.stringify(job.args));
  if (bytes > MAX_NAMES_BYTES) {
    const message = `The names of the frames have ${bytes} bytes; ${MAX_NAMES_BYTES} are allowed at once.`;
    throw new MaskloopError('InvalidName', message, { facts: { bytes, limit: MAX_NAMES_BYTES } });
  }
  try {
    return await runOnWorker<R>(client, { ...job, patienceMs });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
    throw new MaskloopError('WithdrawalRunning', 'Frames are being withdrawn already.', { facts: { id: job.id } });
  }
}
