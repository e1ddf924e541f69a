import type { Client } from '@temporalio/client';
import { loopFolder, loopId, placeOfId } from '../../contracts/ids.ts';
import { LOOP_WORKFLOW } from '../../contracts/loop.ts';
import { SEARCH_ATTRIBUTES } from '../../contracts/search-attributes.ts';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { mapTemporalErrors } from '../temporal-errors.ts';

/** One line of the list of loops. Times are ISO. */
export interface LoopRow {
  readonly id: string;
  readonly name: string;
  readonly project: string;
  readonly connection: string;
  /** `known`: it does not run; the store has what it has chosen. */
  readonly state: 'running' | 'known';
  /** Null for one that does not run. */
  readonly phase: string | null;
  /** `decision`, `resume`, `server`, `machine`; null for one that does not run. */
  readonly waitingFor: string | null;
  readonly since: string | null;
  /** The highest number that frames were chosen for; null for none. */
  readonly number: number | null;
}

const RUNNING = `WorkflowType = '${LOOP_WORKFLOW}' AND ExecutionStatus = 'Running'`;
const ALL = 'loops/';
const SAMPLES = '/samples/';

/** Name, project and connection of a loop, from its id. @throws MaskloopError `InvalidName` if it is none */
export function placeOfLoop(id: string): Pick<LoopRow, 'name' | 'project' | 'connection'> {
  const { connection, project, task } = placeOfId(id.replace(/^~loop\//, ''));
  return { connection, project, name: task };
}

/**
 * All loops, those that run and those that have chosen frames, by id.
 *
 * @throws MaskloopError `TemporalUnreachable`, `StoreUnreachable`
 */
export async function findLoops({
  client,
  store,
}: {
  readonly client: Client;
  readonly store: ReceiptStore;
}): Promise<readonly LoopRow[]> {
  const reached = await numbersReached(store);
  const rows = new Map<string, LoopRow>();
  for (const [id, number] of reached) {
    rows.set(id, { id, ...placeOfLoop(id), state: 'known', phase: null, waitingFor: null, since: null, number });
  }
  await mapTemporalErrors({}, async () => {
    for await (const run of client.workflow.list({ query: RUNNING })) {
      const { workflowId: id, typedSearchAttributes: index } = run;
      rows.set(id, {
        id,
        ...placeOfLoop(id),
        state: 'running',
        phase: index.get(SEARCH_ATTRIBUTES.step) ?? null,
        waitingFor: index.get(SEARCH_ATTRIBUTES.waitingFor) ?? null,
        since: index.get(SEARCH_ATTRIBUTES.since)?.toISOString() ?? null,
        number: reached.get(id) ?? null,
      });
    }
  });
  return [...rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/** The highest number that each loop has chosen frames for, by id. */
async function numbersReached(store: ReceiptStore): Promise<ReadonlyMap<string, number>> {
  const reached = new Map<string, number>();
  for (const name of await store.listNamed(ALL)) {
    const [folder = '', number = ''] = name.split(SAMPLES);
    if (number === '') continue;
    const id = loopId(placeOfLoop(folder.slice(ALL.length)));
    reached.set(id, Math.max(reached.get(id) ?? 0, Number(number)));
  }
  return reached;
}

/** Numbers that a loop has chosen frames for, ascending. @throws MaskloopError `StoreUnreachable` */
export async function chosenNumbers(
  store: ReceiptStore,
  loop: Pick<LoopRow, 'name' | 'project' | 'connection'>,
): Promise<readonly number[]> {
  const prefix = loopFolder(loop) + SAMPLES.slice(1);
  return (await store.listNamed(prefix)).map((name) => Number(name.slice(prefix.length)));
}
