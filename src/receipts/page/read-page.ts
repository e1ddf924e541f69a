import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { receiptName } from '../../contracts/ids.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readClassChanges, readComparedFrames } from '../manifests.ts';
import { readNotes } from '../notes.ts';
import { parseReceipt } from '../parse-receipt.ts';
import { frameImages } from './frame-images.ts';
import type { ClassRow, FigureGroup, PageContent } from './page-content.ts';
import { gateOf, promotionOf } from './read-gate.ts';
import { readCorrectedFrames, readWorstPredictions } from './read-figures.ts';

/**
 * Gathers what the page of a receipt shows, from the store and the folder of images. What was forgotten or lost is left out:
 * the page is for looking, `verifyReceipt` for checking.
 *
 * @throws MaskloopError `IterationNotFound`, `ArtifactCorrupt` if the document is no receipt, `StoreUnreachable`
 */
export async function readPage(store: ArtifactStore, id: string): Promise<PageContent> {
  const name = receiptName(id);
  const bytes = await store.getNamed(name);
  if (bytes === null) throw new MaskloopError('IterationNotFound', `${id} has no receipt.`, { facts: { id } });
  const receipt = parseReceipt(bytes, name);
  const images = await frameImages(store, receipt.input.images);
  const corrected = await orNothing<FigureGroup>(() => readCorrectedFrames(store, receipt, images));
  const predicted = await orNothing<FigureGroup>(() => readWorstPredictions(store, receipt, images));
  return {
    receipt,
    sha256: hashBytes(bytes),
    classes: await classRows(store, receipt),
    gate: gateOf(receipt),
    promotion: promotionOf(receipt),
    figures: [...predicted, ...corrected],
    notes: (await readNotes(store, id)).filter(({ at }) => at <= receipt.endedAt),
  };
}

async function orNothing<T>(read: () => Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await read();
  } catch (error) {
    if (isMaskloopError(error) && error.code !== 'StoreUnreachable') return [];
    throw error;
  }
}

async function classRows(store: ArtifactStore, receipt: Receipt): Promise<readonly ClassRow[]> {
  const { evaluation, comparison } = receipt.results;
  const list = evaluation?.classes;
  const listed = await orNothing(async () => (list === undefined ? [] : readClassChanges(store, list)));
  const gate = new Map([...(gateOf(receipt)?.classes.first ?? []), ...listed].map((row) => [row.name, row]));
  const compared = await orNothing(async () => {
    if (comparison === undefined || 'failed' in comparison) return [];
    return (await readComparedFrames(store, comparison.manifest)).classes;
  });
  const agreements = new Map(compared.map(({ name, pixels }) => [name, agreementOf(pixels)]));
  return receipt.categories.map(({ name }) => ({
    name,
    before: gate.get(name)?.before?.dice ?? null,
    after: gate.get(name)?.after.dice ?? evaluation?.perClass[name] ?? null,
    floor: gate.get(name)?.floor ?? null,
    agreement: agreements.get(name) ?? null,
  }));
}

function agreementOf({ both, before, after }: { both: number; before: number; after: number }): number | null {
  return before + after === 0 ? null : (2 * both) / (before + after);
}
