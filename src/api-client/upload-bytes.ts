import { putFile } from '../api/endpoints/files.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import { hashBytes } from '../storage/file-hash.ts';
import type { ApiClient } from './api-client.ts';

/** Puts bytes into the store of a server. @throws MaskloopError what {@link ApiClient} throws; the signal's reason if aborted */
export async function uploadBytes(client: ApiClient, content: Uint8Array, signal?: AbortSignal): Promise<ArtifactRef> {
  const sha256 = hashBytes(content);
  const stream = {
    contentType: 'application/octet-stream',
    bytes: content.length,
    chunks: async function* () {
      yield content;
    },
  };
  return client.ask(putFile, { params: { sha256 }, stream, signal });
}
