import { buffer } from 'node:stream/consumers';
import { hashBytes } from '../../storage/file-hash.ts';
import { contentRef } from '../../storage/content-address.ts';
import type { ArtifactStore } from '../../storage/store.ts';

/** A view of a store in which what is written is seen, and nothing reaches the store itself. */
export function storeWithoutWrites(store: ArtifactStore): ArtifactStore {
  const artifacts = new Map<string, Uint8Array>();
  const documents = new Map<string, Uint8Array>();
  return {
    ...store,
    put: async (content) => {
      const bytes = ArrayBuffer.isView(content) ? content : await buffer(content);
      const ref = contentRef(hashBytes(bytes), bytes.length);
      artifacts.set(ref.sha256, bytes);
      return ref;
    },
    get: async (ref) => artifacts.get(ref.sha256) ?? store.get(ref),
    sizeOf: async (sha256) => artifacts.get(sha256)?.length ?? store.sizeOf(sha256),
    remove: async () => undefined,
    removeNamed: async () => undefined,
    putNamed: async (name, content) => void documents.set(name, content),
    createNamed: async (name, content) => {
      if (documents.has(name) || (await store.getNamed(name)) !== null) return false;
      documents.set(name, content);
      return true;
    },
    getNamed: async (name) => documents.get(name) ?? store.getNamed(name),
  };
}
