import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities, ReceiptFacts } from '../contracts/activities.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { receiptName } from '../contracts/ids.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { unnamedReceipt } from './unnamed-receipt.ts';

async function receiptOf(
  store: ArtifactStore,
  version: string,
  { id, input, ...facts }: ForIteration & ReceiptFacts,
): Promise<Receipt> {
  return {
    schema: 'maskloop.receipt/1',
    id,
    workflow: facts.workflow,
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    input,
    categories: await categoriesOf(store, input),
    results: facts.results,
    steps: facts.steps,
    decisions: facts.decisions,
    versions: { maskloop: version, cvat: facts.results.task?.cvatVersion ?? null },
  };
}

/** Writes the receipt, whole or not at all. A further try writes the same again: the facts come from the workflow. */
export function createRecordReceipt({ store, version }: ActivityDependencies): IterationActivities['recordReceipt'] {
  return durable(async (args) => {
    const receipt = unnamedReceipt(await receiptOf(store, version, args));
    const bytes = Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
    await store.putNamed(receiptName(args.id), bytes);
    return { receipt: await store.put(bytes) };
  });
}
