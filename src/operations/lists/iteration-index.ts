import type { Client } from '@temporalio/client';
import type { ReceiptStore } from '../../receipts/read-receipt.ts';
import { isMaskloopError } from '../../contracts/error.ts';
import { listRunning, type IterationRow } from '../list-iterations.ts';
import { newestFirst, pageAfter } from './cursor.ts';
import { lately } from './lately.ts';
import {
  matchesFilter,
  mayBeFinished,
  needsDetails,
  type ListedIteration,
  type ListFilter,
} from './listed-iteration.ts';
import { receiptSummaries } from './receipt-summaries.ts';
import { withinPatience } from '../within-patience.ts';
import { runningDetails, type RunningDetails } from './running-details.ts';

/** More running iterations than a team has; Temporal cannot sort them, so they are all read. */
export const MOST_RUNNING = 5000;

/** Of so many a worker is asked for deadline and people at most; each question costs it a few milliseconds. */
const MOST_ASKED = 200;

/** Which iterations run may be so old, in milliseconds, where only their names are needed. */
const PLACES_MS = 5000;

export interface ListRequest {
  readonly filter: ListFilter;
  readonly limit: number;
  /** `next` of the page before; undefined for the first. */
  readonly cursor: string | undefined;
  /** Connections that may be told of. */
  readonly sees: (connection: string) => boolean;
}

export interface ListPage {
  readonly iterations: readonly ListedIteration[];
  readonly next: string | null;
  /** True if more run than are looked at. */
  readonly truncated: boolean;
  /** There while Temporal is away: what runs is missing. */
  readonly away?: 'temporal';
}

/** An iteration, and whose it is. */
export type Place = Pick<ListedIteration, 'id' | 'connection' | 'project' | 'state'>;

/** The list of all iterations: what runs is in Temporal, what is finished in the store. */
export interface IterationIndex {
  /**
   * While Temporal is away, what is finished, with `away`.
   *
   * @throws MaskloopError `TemporalUnreachable` where nothing but what runs is asked for; `StoreUnreachable`, `RequestInvalid` for a cursor of somebody else
   */
  page(request: ListRequest): Promise<ListPage>;
  /** Reads all receipts, so that nobody has to wait for that later. @throws MaskloopError `StoreUnreachable` */
  warm(): Promise<void>;
  /** All that a filter holds for among the running ones, by id. @throws MaskloopError `TemporalUnreachable` */
  running(filter: ListFilter, sees: ListRequest['sees']): Promise<readonly ListedIteration[]>;
  /** All iterations, as far as they can be listed now or could be lately. @throws nothing */
  known(): Promise<readonly Place[]>;
}

/** An index over one namespace of Temporal and one store; it remembers what it has read of receipts. */
export function createIterationIndex({ client, store }: { client: Client; store: ReceiptStore }): IterationIndex {
  const finished = receiptSummaries(store);
  const details = runningDetails(client);
  const placesNow = lately(PLACES_MS, () => runningPlaces(client));

  async function runningRows(filter: ListFilter, sees: ListRequest['sees']) {
    const found = await withinPatience(client, () => listRunning(client, MOST_RUNNING));
    const all = found.filter(({ connection }) => sees(connection));
    const plain = all.map((row) => listed(row, undefined));
    const { deadlineBefore: _, person: __, ...indexed } = filter;
    const fitting = plain.filter((row) => matchesFilter(row, indexed)).toSorted(newestFirst);
    const asked = needsDetails(filter)
      ? await details(fitting.slice(0, MOST_ASKED))
      : new Map<string, RunningDetails>();
    return {
      rows: fitting.map((row) => listed(row, asked.get(row.id))).filter((row) => matchesFilter(row, filter)),
      truncated: all.length >= MOST_RUNNING || (needsDetails(filter) && fitting.length > MOST_ASKED),
    };
  }

  return {
    page: async ({ filter, limit, cursor, sees }) => {
      const [running, done] = await Promise.all([
        filter.state === 'done' ? NOTHING : runningRows(filter, sees).catch(nothingWhileAway(filter)),
        filter.state === 'running' ? [] : finished.read(),
      ]);
      const ids = new Set(running.rows.map(({ id }) => id));
      const ended = done.filter((row) => sees(row.connection) && !ids.has(row.id) && matchesFilter(row, filter));
      const { rows, next } = pageAfter(mergeSorted(running.rows, ended), cursor, limit);
      const missing = rows.filter((row) => row.state === 'running').slice(0, MOST_ASKED);
      const told = needsDetails(filter) ? new Map<string, RunningDetails>() : await details(missing);
      return {
        iterations: rows.map((row) => (told.has(row.id) ? listed(row, told.get(row.id)) : row)),
        next,
        truncated: running.truncated,
        ...('away' in running ? { away: running.away } : {}),
      };
    },
    warm: async () => void (await finished.read()),
    running: async (filter, sees) => (await runningRows(filter, sees)).rows,
    known: async () => [...(await placesNow()), ...(await finished.read().catch(() => []))],
  };
}

const NOTHING = { rows: [], truncated: false };

/** An answer without what runs is one only where something else was asked for as well. */
function nothingWhileAway(filter: ListFilter): (error: unknown) => typeof NOTHING & { readonly away: 'temporal' } {
  return (error) => {
    if (!isMaskloopError(error, 'TemporalUnreachable') || !mayBeFinished(filter)) throw error;
    return { ...NOTHING, away: 'temporal' };
  };
}

async function runningPlaces(client: Client): Promise<readonly Place[]> {
  return withinPatience(client, () => listRunning(client, MOST_RUNNING));
}

function listed(row: IterationRow | ListedIteration, details: RunningDetails | undefined): ListedIteration {
  return {
    ...row,
    attention: row.waitingFor === 'decision',
    deadline: details?.deadline ?? null,
    people: details?.people ?? [],
  };
}

/** Two sorted lists as one. */
function mergeSorted(a: readonly ListedIteration[], b: readonly ListedIteration[]): readonly ListedIteration[] {
  return a.length === 0 ? b : [...a, ...b].toSorted(newestFirst);
}
