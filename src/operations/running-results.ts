import type { Client } from '@temporalio/client';
import { MaskloopError } from '../contracts/error.ts';
import { placeOfId } from '../contracts/ids.ts';
import type { IterationResults } from '../contracts/iteration.ts';
import { statusQuery } from '../contracts/messages.ts';
import type { FramePlace } from '../contracts/withdrawal.ts';
import { knownIds, listRunning } from './list-iterations.ts';
import { readRunningInput } from './running-input.ts';

/** How long a worker may take to answer for one iteration, in milliseconds. */
const QUERY_TIMEOUT_MS = 10_000;

/** What an iteration has left behind so far. */
export interface RunningResults {
  readonly place: FramePlace;
  readonly value: IterationResults;
  /** What it was started with, as Temporal holds it; null where that is not known any more. */
  readonly input: unknown;
}

/**
 * The results of all iterations that Temporal knows, with a receipt or without one. Of those that have ended without one
 * nothing is needed any more, so that only running ones have to answer.
 *
 * @throws MaskloopError `TemporalUnreachable`, `WorkerSilent` if a running one does not tell
 */
export async function runningResults(client: Client): Promise<readonly RunningResults[]> {
  const running = new Set((await listRunning(client)).map(({ id }) => id));
  const found: RunningResults[] = [];
  for (const id of new Set([...running, ...(await knownIds(client))])) {
    const results = await resultsOf(client, id);
    if (results !== null) found.push({ place: placeOfId(id), value: results, input: await inputOf(client, id) });
    else if (running.has(id)) {
      const message = `The iteration ${id} does not tell what it needs, so that nothing can be removed.`;
      throw new MaskloopError('WorkerSilent', message, { facts: { id } });
    }
  }
  return found;
}

async function inputOf(client: Client, id: string): Promise<unknown> {
  // Without the id of a run the latest is meant.
  return readRunningInput(client, { id, runId: '' });
}

async function resultsOf(client: Client, id: string): Promise<IterationResults | null> {
  try {
    const handle = client.workflow.getHandle(id);
    const status = await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () => handle.query(statusQuery));
    return status.results;
  } catch {
    return null;
  }
}
