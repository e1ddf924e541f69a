import { artifactSchema } from '../../storage/artifact-schema.ts';
import type { ArtifactRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** What a model predicts for an image, as it is kept so that nothing is predicted twice. */
export interface StoredPrediction {
  readonly name: string;
  /** SHA-256 of the image. */
  readonly image: string;
  readonly ref: ArtifactRef;
}

/** What is predicted for a mirror image stands behind the hash of the image itself. */
const MIRRORED = /~[a-z-]+$/;

/** All predictions that a store keeps by image. @throws what the store throws */
export async function storedPredictions(store: ArtifactStore): Promise<readonly StoredPrediction[]> {
  const found: StoredPrediction[] = [];
  for (const name of await store.listNamed('predictions/')) {
    const bytes = await store.getNamed(name);
    const parsed = artifactSchema.safeParse(bytes === null ? null : JSON.parse(new TextDecoder().decode(bytes)));
    const image = name.slice(name.lastIndexOf('/') + 1).replace(MIRRORED, '');
    if (parsed.success) found.push({ name, image, ref: parsed.data });
  }
  return found;
}
