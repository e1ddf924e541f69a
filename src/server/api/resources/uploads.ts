import * as api from '../../../api/endpoints/uploads.ts';
import { MaskloopError } from '../../../contracts/error.ts';
import type { FolderRef } from '../../../contracts/refs.ts';
import { hashBytes } from '../../../storage/file-hash.ts';
import type { ApiParts } from '../api-parts.ts';
import { longWork } from '../long-work.ts';
import type { Serve } from '../serve.ts';
import { unpackUpload } from '../unpack-upload.ts';
import { uploadParts } from '../upload-parts.ts';

const SWEEP_MS = 3_600_000;

/** Zip files, sent in parts and unpacked here. */
export function serveUploads(serve: Serve, { store, log }: Pick<ApiParts, 'store' | 'log'>): void {
  const uploads = uploadParts(store);
  const unpacking = longWork<FolderRef>();
  const unpacked = new Map<string, number>();
  // A store that is away keeps nobody from what is asked.
  const sweep = (): void => void uploads.sweep().catch(() => log.warn('old parts of uploads could not be removed', {}));
  sweep();
  setInterval(sweep, SWEEP_MS).unref();
  serve(api.missingParts, async ({ body, who }) => ({
    missing: [...(await uploads.missing(who.name, body.parts))],
  }));
  serve(api.putPart, async ({ params, body, who }) => {
    const content = await readPart(body);
    const found = hashBytes(content);
    if (found !== params.sha256) {
      throw new MaskloopError('UploadDiffers', `The bytes that arrived have the hash ${found}, not ${params.sha256}.`, {
        facts: { expected: params.sha256, found },
      });
    }
    await uploads.put(who.name, params.sha256, content);
  });
  serve(api.unpackUpload, async ({ body: { parts }, who }) => {
    const key = hashBytes(JSON.stringify([who.name, parts]));
    const onFile = (files: number): void => void unpacked.set(key, files);
    const answer = await unpacking.ask(key, async () =>
      unpackUpload({ store, uploads }, { who: who.name, parts, onFile }).finally(() => unpacked.delete(key)),
    );
    return { folder: answer?.result ?? null, files: answer?.result.files ?? unpacked.get(key) ?? 0 };
  });
}

/** @throws MaskloopError `RequestInvalid` for more than a part may have */
async function readPart(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    bytes += piece.length;
    if (bytes > api.PART_BYTES) {
      throw new MaskloopError('RequestInvalid', `A part has at most ${api.PART_BYTES} bytes.`, {
        facts: { limit: api.PART_BYTES },
      });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
