import { MaskloopError } from '../../contracts/error.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import { hashBytes } from '../../storage/file-hash.ts';

/** A place where models are published, and the store that keeps them. */
export interface ModelSite {
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly connection: string;
  readonly model: string;
  readonly signal: AbortSignal;
}

/** Checksum of what is published; null for nothing. */
export async function publishedChecksum({ trainer, model, signal }: ModelSite): Promise<string | null> {
  return (await trainer.publishedModel(model, signal))?.checksum ?? null;
}

/** What the failure is called where neither of the models that an iteration knows is published. */
export function modelReplaced(model: string, expected: string, published: string | null): MaskloopError {
  return new MaskloopError(
    'ModelReplaced',
    `The trainer now publishes ${published ?? 'no model'} as "${model}", not ${expected}: somebody else has replaced it.`,
    { facts: { model, expected, published } },
  );
}

/** @throws MaskloopError `ModelReplaced` unless exactly this model is published */
export async function requirePublished(site: ModelSite, checksum: string): Promise<void> {
  const published = await publishedChecksum(site);
  if (published !== checksum) throw modelReplaced(site.model, checksum, published);
}

/**
 * Keeps the bytes of the published model in the store.
 *
 * @throws MaskloopError `ModelReplaced` if it is no longer the one of this checksum
 */
export async function keepPublished(site: ModelSite, checksum: string): Promise<ArtifactRef> {
  const { trainer, store, model, signal } = site;
  const bytes = await trainer.getModel(model, signal);
  const found = `SHA256:${hashBytes(bytes)}`;
  if (found !== checksum) throw modelReplaced(model, checksum, found);
  return store.put(bytes);
}

/**
 * Publishes a model that is in the store, over whatever is published, and reads back which one is.
 *
 * @throws MaskloopError `ModelNotPublished` if it is another one
 */
export async function publish(
  site: ModelSite,
  { checksum, file }: { readonly checksum: string; readonly file: ArtifactRef },
): Promise<void> {
  const { trainer, store, model, signal } = site;
  const stated = await trainer.putModel(model, await store.get(file), signal);
  const published = await publishedChecksum(site);
  if (stated === checksum && published === checksum) return;
  throw new MaskloopError(
    'ModelNotPublished',
    `${checksum} was put in the place of model "${model}", and the trainer publishes ${published ?? 'nothing'}.`,
    { facts: { model, wanted: checksum, stated, published } },
  );
}
