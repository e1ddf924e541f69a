import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities, ReceiptFacts } from '../contracts/activities.ts';
import type { ChainLink, Receipt } from '../contracts/receipt.ts';
import { receiptName } from '../contracts/ids.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { previousOf, readLinks, takePlace } from '../receipts/chain.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { durable } from './durable.ts';
import { readEnvironment } from './read-environment.ts';
import { unnamedReceipt } from './unnamed-receipt.ts';

type Unchained = Omit<Receipt, 'chain'>;

async function receiptOf(
  { connect, store, version, commit = null }: ActivityDependencies,
  { id, input, ...facts }: ForIteration & ReceiptFacts,
  signal: AbortSignal,
): Promise<Unchained> {
  return {
    schema: 'maskloop.receipt/2',
    id,
    workflow: facts.workflow,
    startedAt: facts.startedAt,
    endedAt: facts.endedAt,
    input,
    categories: await categoriesOf(store, input),
    results: facts.results,
    steps: facts.steps,
    decisions: facts.decisions,
    versions: { maskloop: version, cvat: facts.results.task?.cvatVersion ?? null, commit },
    ...(await readEnvironment(connect(input.connection), input, facts.results, signal)),
  };
}

/**
 * Gives a receipt the next free number of its chain. The order is that of the links, each made only where there is none;
 * who comes second takes the number after, and names the first.
 *
 * @returns the receipt as it was stored
 */
async function append(store: ArtifactStore, unchained: Unchained): Promise<ArtifactRef> {
  const { id, input, workflow } = unchained;
  for (;;) {
    const links = await readLinks(store, input);
    const own = links.find((link) => link.id === id && link.firstRunId === workflow.firstRunId);
    if (own !== undefined) return own.receipt;
    const last = links.at(-1);
    const chain = { number: (last?.number ?? 0) + 1, previous: previousOf(last) };
    const receipt = await store.put(textOf({ ...unchained, chain }));
    const link: ChainLink = { schema: 'maskloop.link/1', ...chain, id, firstRunId: workflow.firstRunId, receipt };
    if (await takePlace(store, input, link)) return receipt;
  }
}

function textOf(receipt: Receipt): Uint8Array {
  return Buffer.from(`${JSON.stringify(receipt, null, 2)}\n`);
}

/**
 * Writes the receipt, whole or not at all: first its content, then its link in the chain, then its name. A further try
 * finds the link of the one before, and gives the name to what that names.
 */
export function createRecordReceipt(dependencies: ActivityDependencies): IterationActivities['recordReceipt'] {
  const { store } = dependencies;
  return durable(async (args, { signal }) => {
    const receipt = await append(store, unnamedReceipt(await receiptOf(dependencies, args, signal)));
    await store.putNamed(receiptName(args.id), await store.get(receipt));
    return { receipt };
  });
}
