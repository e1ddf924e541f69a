import type { ModelEvent } from '../../contracts/model-register.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ModelSite } from './published-model.ts';
import { noteEvent } from './site-register.ts';

/**
 * Says in the register that somebody else has published a model: that it was there when maskloop first looked, or that a
 * person took it as it is. Nothing where the register knows it already.
 *
 * @param events of the register, oldest first
 * @param found.by who took it; null where nobody had to
 */
export async function noteForeignModel(
  site: ModelSite,
  events: readonly ModelEvent[],
  found: {
    readonly checksum: string;
    readonly file: ArtifactRef;
    readonly iteration: string;
    readonly by: string | null;
  },
): Promise<void> {
  const { checksum, by } = found;
  const entry = { ...found, current: checksum, metrics: null, reasons: [], at: new Date().toISOString() };
  if (events.length === 0) await noteEvent(site, { ...entry, event: 'found', key: `found:${checksum}` });
  if (by !== null) await noteEvent(site, { ...entry, event: 'taken', key: `taken:${checksum}:${by}` });
}
