import { currentModel, fileOfModel } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import { keepPublished, type ModelSite } from './published-model.ts';
import { noteEvent, readEvents } from './site-register.ts';

/**
 * Keeps a published model that is about to be overwritten, or might be, and which the register does not know: it can be published
 * again from there. What should be published stays what it is.
 *
 * @param iteration the one that has found it; null where a person publishes by hand
 * @throws MaskloopError `ModelReplaced` if it is no longer the published one
 */
export async function keepForeignModel(
  site: ModelSite,
  checksum: string,
  iteration: string | null,
): Promise<ArtifactRef> {
  const events = await readEvents(site);
  const known = fileOfModel(events, checksum);
  if (known !== null) return known;
  const file = await keepPublished(site, checksum);
  const current = currentModel(events) ?? checksum;
  const rest = { iteration, metrics: null, reasons: [], by: null, at: new Date().toISOString() };
  const key = iteration === null ? `found:${checksum}` : `found:${iteration}:${checksum}`;
  await noteEvent(site, { event: 'found', checksum, file, current, ...rest, key });
  return file;
}
