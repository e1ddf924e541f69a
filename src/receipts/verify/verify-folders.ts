import { stat } from 'node:fs/promises';
import { isMaskloopError } from '../../contracts/error.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { isAbsent } from '../../storage/errno.ts';
import { folderPath } from '../../storage/contents-in-place.ts';
import { isStored } from '../../storage/folder-contents.ts';
import { openContents } from '../../storage/open-contents.ts';
import { describeFolder } from '../../storage/folder-digest.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Placed } from './references.ts';
import type { Absence, Verification, VerificationFailure } from './verification.ts';

export interface CheckedFolders {
  readonly folders: Verification['folders'];
  readonly absent: readonly Absence[];
  readonly failures: readonly VerificationFailure[];
}

/**
 * Compares folders with their digests. Those in place belong to somebody else: one that is no longer there is no failure,
 * one that holds something else is. Of a folder in the store the list is compared; the files that it names are artifacts, and
 * are read with all others.
 *
 * @throws the signal's reason if aborted
 */
export async function verifyFolders(
  store: ArtifactStore,
  placed: readonly Placed<FolderRef>[],
  signal: AbortSignal,
): Promise<CheckedFolders> {
  const folders: Verification['folders'][number][] = [];
  const absent: Absence[] = [];
  const failures: VerificationFailure[] = [];
  for (const { at, ref } of placed) {
    const { uri } = ref;
    try {
      const now = await filesNow(store, ref, signal);
      if (now === null) absent.push({ at, uri, why: 'gone' });
      else if (now.sha256 === ref.sha256) folders.push({ at, uri, files: now.files });
      else failures.push({ at, problem: `${folderPath(ref)} has changed: ${ref.files} files then, ${now.files} now` });
    } catch (error) {
      if (!isMaskloopError(error)) throw error;
      failures.push({ at, problem: error.message });
    }
  }
  return { folders, absent, failures };
}

/** Null where the folder is not on this machine. */
async function filesNow(
  store: ArtifactStore,
  ref: FolderRef,
  signal: AbortSignal,
): Promise<Pick<FolderRef, 'sha256' | 'files'> | null> {
  if (isStored(ref)) return { sha256: ref.sha256, files: (await openContents(store, ref)).names.length };
  if (!ref.uri.startsWith('file://') || !(await isThere(folderPath(ref)))) return null;
  return describeFolder(folderPath(ref), { signal });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (isAbsent(error)) return false;
    throw error;
  }
}
