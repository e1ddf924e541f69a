import { eachAtOnce } from './each-at-once.ts';
import type { ArtifactStore } from './store.ts';

/** Of these hashes, those of artifacts that are there; their contents are not looked at. @throws what the store throws */
export async function heldHashes(
  store: Pick<ArtifactStore, 'sizeOf'>,
  sha256: readonly string[],
): Promise<ReadonlySet<string>> {
  const held = new Set<string>();
  await eachAtOnce(sha256, undefined, async (one) => {
    if ((await store.sizeOf(one)) !== null) held.add(one);
  });
  return held;
}
