import type { CollectedLabels } from '../contracts/collected-labels.ts';
import type { LabelsRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { readLabels } from './read-labels.ts';

/** The label PNGs of a manifest, by the names of their frames. @throws MaskloopError `ArtifactCorrupt`; what the store throws */
export async function listLabels(
  store: Pick<ArtifactStore, 'get'>,
  { manifest }: LabelsRef,
): Promise<CollectedLabels['labels']> {
  const { frames } = await readLabels(store, manifest);
  return frames.map(({ name, label }) => ({ frame: name, sha256: label.sha256 }));
}
