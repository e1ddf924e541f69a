import { z } from 'zod';
import { receiptName } from '../../contracts/ids.ts';
import { finishedIds, type ReceiptStore } from '../../receipts/read-receipt.ts';
import { eachAtOnce } from '../../storage/each-at-once.ts';
import { jsonOf } from '../../storage/json-of.ts';
import { newestFirst } from './cursor.ts';
import type { ListedIteration } from './listed-iteration.ts';
import { deadlineGiven, peopleOf, watchedInput } from './people-and-deadline.ts';

/** What a list needs of a receipt; the rest is not even looked at, since ten thousand of them are read. */
const summarySchema = z.object({
  id: z.string(),
  startedAt: z.string(),
  endedAt: z.string(),
  input: watchedInput.extend({ connection: z.string(), project: z.string(), task: z.string() }),
  results: z.object({
    assignment: z
      .object({ people: z.array(z.object({ username: z.string() })) })
      .optional()
      .catch(undefined),
  }),
});

/** Finished iterations as lines of a list. */
export interface ReceiptSummaries {
  /** All of them, those that began last first. @throws MaskloopError `StoreUnreachable` */
  read(): Promise<readonly ListedIteration[]>;
}

/**
 * Lines of all receipts. A receipt is read once, when its name is first listed: it is never written again. Names that are no longer
 * there are forgotten. A document that is no receipt has no line; `receipt` says what is wrong with it.
 */
export function receiptSummaries(store: ReceiptStore): ReceiptSummaries {
  let known = new Map<string, ListedIteration | null>();
  let sorted: readonly ListedIteration[] = [];
  let reading: Promise<readonly ListedIteration[]> | null = null;

  async function refresh(): Promise<readonly ListedIteration[]> {
    const ids = await finishedIds(store);
    const fresh = ids.filter((id) => !known.has(id));
    if (fresh.length === 0 && ids.length === known.size) return sorted;
    const kept = new Map(ids.flatMap((id) => (known.has(id) ? [[id, known.get(id) ?? null] as const] : [])));
    await eachAtOnce(fresh, undefined, async (id) => {
      const bytes = await store.getNamed(receiptName(id));
      if (bytes !== null) kept.set(id, summaryOf(bytes));
    });
    known = kept;
    sorted = [...kept.values()].filter((row) => row !== null).toSorted(newestFirst);
    return sorted;
  }

  return {
    // Many who ask at once share one look.
    read: async () => {
      reading ??= refresh().finally(() => {
        reading = null;
      });
      return reading;
    },
  };
}

function summaryOf(bytes: Uint8Array): ListedIteration | null {
  const { data } = summarySchema.safeParse(jsonOf(bytes));
  if (data === undefined) return null;
  const { id, startedAt, endedAt, input, results } = data;
  return {
    id,
    state: 'done',
    project: input.project,
    task: input.task,
    connection: input.connection,
    step: 'done',
    waitingFor: 'nothing',
    since: endedAt,
    startedAt,
    attention: false,
    deadline: deadlineGiven(input),
    people: peopleOf(input, results),
  };
}
