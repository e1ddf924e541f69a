import { hashFile } from '../storage/file-hash.ts';
import { heldHashes } from '../storage/held-hashes.ts';
import { artifactCorrupt } from '../storage/store-failure.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { copyFresh } from './copy-file.ts';
import type { DatasetSource } from './dataset-source.ts';

/** Threads of Node that read and write files. */
const AT_ONCE = 4;

/** A store that this machine reaches itself. */
export function storeSource(store: ArtifactStore): DatasetSource {
  return {
    get: (ref) => store.get(ref),
    getNamed: (name) => store.getNamed(name),
    listNamed: (prefix) => store.listNamed(prefix),
    held: (sha256) => heldHashes(store, sha256),
    save: async (ref, path) => {
      await copyFresh(await store.localPath(ref.sha256), path);
      const found = await hashFile(path);
      if (found !== ref.sha256) throw artifactCorrupt(ref, found);
    },
    atOnce: AT_ONCE,
    isHere: true,
  };
}
