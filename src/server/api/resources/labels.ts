import * as api from '../../../api/endpoints/labels.ts';
import { listLabels } from '../../../collect/list-labels.ts';
import type { CollectedLabels } from '../../../contracts/collected-labels.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import type { LabelsRef } from '../../../contracts/refs.ts';
import type { Operations } from '../../../operations/operations.ts';
import { contentRef } from '../../../storage/content-address.ts';
import type { ApiParts } from '../api-parts.ts';
import { hashMemory } from '../hash-memory.ts';
import { longWork } from '../long-work.ts';
import { unknownFile } from '../file-sight.ts';
import type { Serve } from '../serve.ts';

interface Source {
  readonly connection: string;
  readonly taskId: number;
  /** What an iteration has sealed; null for what CVAT has now. */
  readonly sealed: LabelsRef | null;
}

/** Labels as one PNG a frame: what was sealed, or what a worker reads in CVAT. */
export function serveLabels(
  serve: Serve,
  { operations, store, labelsOfTask }: Pick<ApiParts, 'operations' | 'store' | 'labelsOfTask'>,
): void {
  const reading = longWork<CollectedLabels>();
  const collected = hashMemory();
  serve(api.collectLabels, async ({ body, who }) => {
    const found = await collect(body, await sourceOf(operations, body.of));
    if (who.connections !== null) for (const { sha256 } of found?.labels ?? []) collected.add(who, sha256);
    return { collected: found };
  });
  serve(api.readLabel, async ({ params: { sha256 }, who }) => {
    const mayRead = who.connections === null || collected.has(who, sha256);
    if (!mayRead) throw unknownFile(sha256);
    const size = await store.sizeOf(sha256);
    if (size !== null) return store.open(contentRef(sha256, size));
    throw new MaskloopError('ArtifactMissing', `The store has no label ${sha256}.`, { facts: { sha256 } });
  });

  /** Null while a worker still reads. */
  async function collect(
    { via, categories: list }: api.LabelsWanted,
    { connection, taskId, sealed }: Source,
  ): Promise<CollectedLabels | null> {
    if (via === 'native' && sealed !== null) {
      return { native: sealed, exported: null, labels: await listLabels(store, sealed) };
    }
    const categories = list === null ? null : await store.put(Buffer.from(JSON.stringify(list)));
    const key = JSON.stringify([connection, taskId, via, categories?.sha256 ?? null]);
    const read = await reading.ask(key, () => labelsOfTask({ connection, taskId, via, categories }));
    return read?.result ?? null;
  }
}

/** @throws MaskloopError `TaskNotFound` for an iteration that has no task yet; what describing it meets */
async function sourceOf(operations: Pick<Operations, 'describe'>, of: api.LabelsWanted['of']): Promise<Source> {
  if ('task' in of) return { connection: of.connection, taskId: of.task, sealed: null };
  const { status, receipt, away } = await operations.describe(of.id);
  if (away !== undefined) {
    // The receipt may be of an older run than the one whose labels are meant.
    throw new MaskloopError('TemporalUnreachable', `Temporal does not say whether ${of.id} runs again.`);
  }
  const results = receipt?.results ?? status?.results;
  if (results?.task === undefined) {
    throw new MaskloopError('TaskNotFound', `${of.id} has no task in CVAT yet.`, { facts: { id: of.id } });
  }
  const connection = receipt?.input.connection ?? status?.connection ?? 'default';
  return { connection, taskId: results.task.taskId, sealed: results.labels ?? null };
}
