import { fileURLToPath } from 'node:url';
import { stat } from 'node:fs/promises';
import { isMaskloopError } from '../../contracts/error.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import { isAbsent } from '../../storage/errno.ts';
import { describeFolder } from '../../storage/folder-digest.ts';
import type { Placed } from './references.ts';
import type { Absence, Verification, VerificationFailure } from './verification.ts';

export interface CheckedFolders {
  readonly folders: Verification['folders'];
  readonly absent: readonly Absence[];
  readonly failures: readonly VerificationFailure[];
}

/**
 * Compares folders in place with their digests. They belong to somebody else: one that is no longer there is no failure,
 * one that holds something else is.
 *
 * @throws the signal's reason if aborted
 */
export async function verifyFolders(
  placed: readonly Placed<FolderRef>[],
  signal: AbortSignal,
): Promise<CheckedFolders> {
  const folders: Verification['folders'][number][] = [];
  const absent: Absence[] = [];
  const failures: VerificationFailure[] = [];
  for (const { at, ref } of placed) {
    const { uri } = ref;
    const path = await pathOf(ref);
    if (path === null) {
      absent.push({ at, uri, why: 'gone' });
      continue;
    }
    try {
      const { sha256, files } = await describeFolder(path, { signal });
      if (sha256 === ref.sha256) folders.push({ at, uri, files });
      else failures.push({ at, problem: `${path} has changed: ${ref.files} files then, ${files} now` });
    } catch (error) {
      if (!isMaskloopError(error)) throw error;
      failures.push({ at, problem: error.message });
    }
  }
  return { folders, absent, failures };
}

/** Null where the folder is not on this machine. */
async function pathOf({ uri }: FolderRef): Promise<string | null> {
  if (!uri.startsWith('file://')) return null;
  const path = fileURLToPath(uri);
  try {
    await stat(path);
    return path;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
