import type { ForIteration } from '../contracts/iteration.ts';
import type { IterationActivities } from '../contracts/activities.ts';
import { isMaskloopError } from '../contracts/error.ts';
import type { LabelRow } from '../contracts/label-table.ts';
import type { DatasetRef } from '../contracts/refs.ts';
import { classCounts } from '../coco/class-counts.ts';
import { parseCocoDocument } from '../coco/parse-document.ts';
import { labelIdByValue, labelTable, type ClassCount } from '../labels/label-table.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { categoriesOf } from './categories-of.ts';
import type { ActivityDependencies, Connection } from './dependencies.ts';
import { durable } from './durable.ts';
import { modelTable } from './model-table.ts';
import { modelOfInput } from './prediction-of.ts';
import { syncLabels } from './sync-labels.ts';

/** Rows of more bytes than these stay in the store. */
const MAX_ROW_BYTES = 6000;
/** Names beyond these are not listed, but stand in the store. */
const MAX_NAMES = 20;

/** Empty where no model is trained or predicts, or MONAI Label is away: it is asked again when its turn comes. */
async function modelIndices(
  { trainer }: Connection,
  { input }: ForIteration,
  store: ArtifactStore,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, number>> {
  const model = modelOfInput(input);
  if (model === null || trainer === null) return new Map();
  try {
    return await modelTable(trainer, await categoriesOf(store, input), model, signal);
  } catch (error) {
    if (isMaskloopError(error, 'MonaiUnreachable')) return new Map();
    throw error;
  }
}

async function countsOf(
  store: ArtifactStore,
  dataset: DatasetRef | null,
): Promise<ReadonlyMap<number, ClassCount> | undefined> {
  if (dataset === null) return undefined;
  const { preannotations: ref } = dataset;
  return classCounts(parseCocoDocument(await store.get(ref), ref.uri));
}

/** The first rows, as many as fit into a payload. */
function withinPayload(rows: readonly LabelRow[]): readonly LabelRow[] {
  let left = MAX_ROW_BYTES;
  const end = rows.findIndex((row) => {
    left -= Buffer.byteLength(JSON.stringify(row));
    return left < 0;
  });
  return end === -1 ? rows : rows.slice(0, end);
}

/**
 * Makes the label table of an iteration before anything is imported: every class needs a label of its name in CVAT, so
 * that people can draw it, and one in the model where one is trained.
 */
export function createMatchLabels({ connect, store }: ActivityDependencies): IterationActivities['matchLabels'] {
  return durable(async (args, { signal }) => {
    const { input, task, dataset } = args;
    const connection = connect(input.connection);
    const categories = await categoriesOf(store, input);
    const modelIndexOf = await modelIndices(connection, args, store, signal);
    const counts = await countsOf(store, dataset);
    const { labels, added } = input.syncLabels
      ? await syncLabels(connection.cvat, task.projectId, categories, signal)
      : { labels: await connection.cvat.projectLabels(task.projectId, signal), added: [] };
    const table = labelTable({ categories, labels, modelIndexOf, ...(counts === undefined ? {} : { counts }) });
    labelIdByValue(table);
    return {
      table: await store.put(Buffer.from(JSON.stringify(table))),
      rows: withinPayload(table.rows),
      classes: table.rows.length,
      withoutCategory: table.withoutCategory.slice(0, MAX_NAMES),
      added: added.slice(0, MAX_NAMES),
    };
  });
}
