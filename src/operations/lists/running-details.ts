import type { Client } from '@temporalio/client';
import type { IterationStatus } from '../../contracts/iteration.ts';
import { statusQuery } from '../../contracts/messages.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import type { IterationRow } from '../list-iterations.ts';
import { readRunningInput } from '../running-input.ts';
import { deadlineGiven, peopleOf, watchedInput, type WatchedInput } from './people-and-deadline.ts';

/** What a running iteration says of itself beyond the index. */
export interface RunningDetails {
  readonly deadline: string | null;
  readonly people: readonly string[];
}

/** An answer counts so long, in milliseconds, unless the iteration has moved meanwhile. */
const FRESH_MS = 15_000;

/** How long a worker may take to answer for one iteration, in milliseconds: a list does not wait for one that is away, */
const QUERY_TIMEOUT_MS = 1000;

/** and does not ask any for so long after a silence, in milliseconds. */
const SILENCE_MS = 30_000;

interface Known extends RunningDetails {
  readonly since: string;
  readonly readAt: number;
}

/** Deadlines and people of running iterations, four at once; of what no worker tells there is what it was started with. */
export function runningDetails(
  client: Client,
  now: () => number = Date.now,
): (rows: readonly IterationRow[]) => Promise<ReadonlyMap<string, RunningDetails>> {
  let known = new Map<string, Known>();
  let silentUntil = -Infinity;
  const status = async (id: string): Promise<IterationStatus | null> => {
    if (now() < silentUntil) return null;
    const found = await askStatus(client, id);
    if (found === null) silentUntil = now() + SILENCE_MS;
    return found;
  };
  return async (rows) => {
    const next = new Map<string, Known>();
    await eachAtOnce(rows, undefined, async ({ id, since }) => {
      const before = known.get(id);
      const isFresh = before !== undefined && before.since === since && now() - before.readAt < FRESH_MS;
      next.set(id, isFresh ? before : { ...(await readDetails(client, id, status)), since, readAt: now() });
    });
    known = next;
    return next;
  };
}

async function readDetails(
  client: Client,
  id: string,
  ask: (id: string) => Promise<IterationStatus | null>,
): Promise<RunningDetails> {
  const [status, input] = await Promise.all([ask(id), askInput(client, id)]);
  const deadline = status === null ? deadlineGiven(input) : (status.deadline?.at ?? null);
  return { deadline, people: peopleOf(input, status?.results) };
}

async function askStatus(client: Client, id: string): Promise<IterationStatus | null> {
  try {
    const handle = client.workflow.getHandle(id);
    return await client.withDeadline(Date.now() + QUERY_TIMEOUT_MS, () => handle.query(statusQuery));
  } catch {
    return null;
  }
}

async function askInput(client: Client, id: string): Promise<WatchedInput | null> {
  try {
    return watchedInput.safeParse(await readRunningInput(client, { id, runId: '' })).data ?? null;
  } catch {
    return null;
  }
}
