import { Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { payloadSizes } from './payload-sizes.ts';
import { quietRuntime } from './quiet-runtime.ts';
import type { RunHistory } from './run-histories.ts';
import { withoutPromiseStacks } from './without-promise-stacks.ts';

/** References are small; whatever is larger belongs into the store. */
export const MOST_PAYLOAD_BYTES = 16 * 1024;

/** What was seen of a run that is in order. */
export interface VerifiedRun {
  readonly workflowId: string;
  readonly runId: string;
  readonly events: number;
  /** 0 for a run without payloads. */
  readonly largestPayloadBytes: number;
}

/**
 * Replays each run against a bundle of workflows and measures its payloads.
 *
 * @throws Error that names every run which cannot be replayed and every payload above 16 kB
 */
export async function verifyRuns(
  runs: readonly RunHistory[],
  workflowBundle: WorkflowBundleOption,
): Promise<readonly VerifiedRun[]> {
  const problems = [
    ...runs.flatMap(largePayloads),
    ...(await withoutPromiseStacks(() => replayProblems(runs, workflowBundle))),
  ];
  if (problems.length > 0) throw new Error(problems.join('\n'));
  return runs.map(({ workflowId, runId, events, history }) => ({
    workflowId,
    runId,
    events: events.length,
    largestPayloadBytes: Math.max(0, ...payloadSizes(history).map(({ bytes }) => bytes)),
  }));
}

function largePayloads({ workflowId, runId, history }: RunHistory): string[] {
  return payloadSizes(history)
    .filter(({ bytes }) => bytes > MOST_PAYLOAD_BYTES)
    .map(({ path, bytes }) => `${workflowId} (${runId}): a payload of ${bytes} bytes at ${path}`);
}

async function replayProblems(runs: readonly RunHistory[], workflowBundle: WorkflowBundleOption): Promise<string[]> {
  quietRuntime();
  const problems: string[] = [];
  const replayed = new Set<string>();
  for await (const { workflowId, runId, error } of Worker.runReplayHistories({ workflowBundle }, runs)) {
    replayed.add(runId);
    if (error !== undefined) problems.push(`${workflowId} (${runId}) cannot be replayed: ${error.message}`);
  }
  if (replayed.size !== runs.length) problems.push(`${replayed.size} of ${runs.length} runs were replayed`);
  return problems;
}
