import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import * as api from '../../../api/endpoints/files.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import { tombstoneName } from '../../../contracts/ids.ts';
import type { ArtifactRef } from '../../../contracts/refs.ts';
import { contentRef } from '../../../storage/content-address.ts';
import { forgottenHashes } from '../../../storage/forgotten-files.ts';
import { holdsSound } from '../../../storage/holds-sound.ts';
import { describeStoredFolder } from '../../../storage/stored-folder.ts';
import type { ArtifactStore } from '../../../storage/store.ts';
import type { ApiParts } from '../api-parts.ts';
import type { FileSight } from '../file-sight.ts';
import type { Serve } from '../serve.ts';

/** Files of the store by their hashes. */
export function serveFiles(serve: Serve, { store }: ApiParts, sight: FileSight): void {
  serve(api.missingFiles, async ({ body, who, signal }) => {
    const gone = await forgottenHashes(store);
    const forgotten = body.files.map(({ sha256 }) => sha256).filter((sha256) => gone.has(sha256));
    if (forgotten.length > 0) throw uploadForgotten(forgotten);
    const missing: string[] = [];
    for (const { sha256, bytes } of body.files) {
      // To those who do not see all connections, what others have put there is missing.
      if (!sight.has(who, sha256) || !(await holdsSound(store, { sha256, bytes }, signal))) missing.push(sha256);
    }
    return { missing };
  });
  serve(api.putFile, async ({ params, body, who }) => {
    if ((await store.getNamed(tombstoneName(params.sha256))) !== null) throw uploadForgotten([params.sha256]);
    const ref = await putAs(store, params.sha256, body);
    sight.put(who, params.sha256);
    return ref;
  });
  serve(api.describeFolder, async ({ params, who, signal }) => {
    await sight.require(who, params.sha256);
    return describeStoredFolder(store, contentRef(params.sha256, 0).uri, { signal });
  });
  serve(api.readFile, async ({ params }) => {
    const bytes = await store.sizeOf(params.sha256);
    if (bytes === null) throw absent(params);
    return store.open(contentRef(params.sha256, bytes));
  });
}

/** To those who may read all files. */
function absent({ sha256 }: { readonly sha256: string }): MaskloopError {
  return new MaskloopError('ArtifactMissing', `The store has no file of the hash ${sha256}.`, { facts: { sha256 } });
}

/** The server knows no names of files; who asks does. */
function uploadForgotten(sha256: readonly string[]): MaskloopError {
  return new MaskloopError('FrameForgotten', `What was forgotten on purpose is not uploaded: ${sha256[0]}.`, {
    facts: { sha256: [...sha256] },
  });
}

/** Puts bytes that have this hash; others leave nothing behind. */
async function putAs(store: ArtifactStore, sha256: string, body: AsyncIterable<Uint8Array>): Promise<ArtifactRef> {
  // Nothing is read, and so nothing fails, before the store asks for it.
  return store.put(Readable.from(withHash(sha256, body), { objectMode: false }));
}

async function* withHash(sha256: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of body) {
    hash.update(chunk);
    yield chunk;
  }
  const found = hash.digest('hex');
  if (found === sha256) return;
  throw new MaskloopError('UploadDiffers', `The bytes that arrived have the hash ${found}, not ${sha256}.`, {
    facts: { sha256, found },
  });
}
