import type { Client } from '@temporalio/client';
import type { DigestRow } from '../contracts/digest.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { ReceiptStore } from '../receipts/read-receipt.ts';
import { describeIteration } from './describe-iteration.ts';
import { listIterations, type IterationRow } from './list-iterations.ts';

/** What is said of an iteration is cut, in characters. */
const MOST_DETAIL = 300;

/** Only these have more to tell than the index says. */
const TELLING: readonly string[] = ['people', 'decision'];

/** All iterations as the daily digest tells of them; those that wait for people or a decision with what is open. */
export async function digestRows(where: { client: Client; store: ReceiptStore }): Promise<readonly DigestRow[]> {
  const rows: DigestRow[] = [];
  for (const row of await listIterations(where)) {
    const { id, project, task, state, waitingFor, since } = row;
    const detail = state === 'running' && TELLING.includes(waitingFor) ? await detailOf(where, row) : null;
    rows.push({ id, project, task, state, waitingFor, since, detail });
  }
  return rows;
}

/** What the last look at the jobs found, or what has to be decided; null where neither is known. */
async function detailOf(
  where: { client: Client; store: ReceiptStore },
  { id, waitingFor }: IterationRow,
): Promise<string | null> {
  try {
    const { status, activities } = await describeIteration(where, id);
    const poll = activities.find(({ name }) => name === 'checkCompletion');
    const text = waitingFor === 'decision' ? status?.trouble?.message : poll?.lastFailure?.message;
    return text?.replaceAll(/\s+/g, ' ').slice(0, MOST_DETAIL) ?? null;
  } catch (error) {
    // It may have ended meanwhile.
    if (isMaskloopError(error)) return null;
    throw error;
  }
}
