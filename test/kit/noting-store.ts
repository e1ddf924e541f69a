import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';

/** A store in a folder that tells of each name that is written or removed. */
export function notingStore(folder: string, noted: (name: string) => void): ArtifactStore {
  const store = createFolderStore(folder);
  return {
    ...store,
    putNamed: async (name, content) => {
      noted(name);
      await store.putNamed(name, content);
    },
    removeNamed: async (name) => {
      noted(name);
      await store.removeNamed(name);
    },
  };
}
