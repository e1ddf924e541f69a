import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isMaskloopError } from '../../contracts/error.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { unpackArchive } from '../../storage/unpack-archive.ts';
import type { UploadParts } from './upload-parts.ts';

/**
 * Unpacks the zip file that parts make, into a folder of the store; it lies in the machine's folder for temporary files meanwhile. The
 * parts are removed, unless another try may succeed.
 *
 * @throws MaskloopError `UploadIncomplete`, `ZipRefused`, `FrameForgotten`; what the store throws
 */
export async function unpackUpload(
  { store, uploads }: { readonly store: ArtifactStore; readonly uploads: UploadParts },
  {
    who,
    parts,
    onFile,
  }: { readonly who: string; readonly parts: readonly string[]; readonly onFile: (files: number) => void },
): Promise<FolderRef> {
  const dir = await mkdtemp(path.join(tmpdir(), 'maskloop-upload-'));
  try {
    const file = path.join(dir, 'upload.zip');
    await uploads.assemble(who, parts, file);
    const folder = await unpackArchive(store, file, { onFile });
    await uploads.remove(who, parts);
    return folder;
  } catch (error) {
    const isLasting = isMaskloopError(error, 'ZipRefused') || isMaskloopError(error, 'FrameForgotten');
    if (isLasting) await uploads.remove(who, parts);
    throw error;
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
