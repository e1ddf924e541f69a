import type { LabelsRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { openLabelFolder } from './label-folder.ts';
import { readLabels } from './read-labels.ts';

/** Writes the label PNGs of a manifest into a folder. @throws MaskloopError `InvalidName`, `OutputNotWritable`; what the store throws */
export async function writeLabels(store: ArtifactStore, { manifest }: LabelsRef, dir: string): Promise<void> {
  const folder = openLabelFolder(dir);
  const { frames } = await readLabels(store, manifest);
  for (const { name, label } of frames) await folder.put(name, await store.get(label));
}
