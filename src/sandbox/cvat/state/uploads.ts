import type { CvatState } from './cvat-state.ts';
import type { Upload } from './entities.ts';

/** Longest file that CVAT takes, in bytes. */
export const MAX_UPLOAD_BYTES = 26_843_545_600;

export function addUpload(
  state: CvatState,
  upload: { userId: number; owner: string; fileName: string; length: number },
): Upload {
  const added: Upload = {
    id: `${upload.userId}_${state.random.uuid()}`,
    userId: upload.userId,
    owner: upload.owner,
    fileName: upload.fileName,
    content: Buffer.alloc(upload.length),
    offset: 0,
  };
  state.uploads.set(added.id, added);
  return added;
}

/** An upload that still waits for bytes; a complete one is no longer addressed by TUS. */
export function openUpload(state: CvatState, owner: string, id: string): Upload | undefined {
  const upload = state.uploads.get(id);
  return upload?.owner === owner && upload.offset < upload.content.length ? upload : undefined;
}

/** An upload, complete or not, that an import of its owner may use. */
export function findUpload(state: CvatState, owner: string, id: string): Upload | undefined {
  const upload = state.uploads.get(id);
  return upload?.owner === owner ? upload : undefined;
}
