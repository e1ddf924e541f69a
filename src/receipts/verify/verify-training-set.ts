import { z } from 'zod';
import { trainingSetName } from '../../contracts/ids.ts';
import type { TrainingSetRef } from '../../contracts/training-set.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Verification, VerificationFailure } from './verification.ts';

const version = z.object({ version: z.int().min(1), previous: z.string().nullable() });

/**
 * Follows the training set that a receipt names back to its first version: each has to stand in the store under its number,
 * and to be the one that the version after it names. What versions lead to is read with the other artifacts.
 *
 * @throws the signal's reason if aborted; what the store throws
 */
export async function verifyTrainingSet(
  store: Pick<ArtifactStore, 'getNamed'>,
  trainingSet: Pick<TrainingSetRef, 'name' | 'document' | 'version'> | undefined,
  signal: AbortSignal,
): Promise<{ readonly trainingSet: Verification['trainingSet']; readonly failures: readonly VerificationFailure[] }> {
  if (trainingSet === undefined) return { trainingSet: null, failures: [] };
  const [, chain = ''] = trainingSet.name.split('/');
  let sound = 0;
  let wanted = trainingSet.document.sha256;
  for (let number = trainingSet.version; number >= 1; number -= 1) {
    signal.throwIfAborted();
    const at = trainingSetName(chain, number);
    const bytes = await store.getNamed(at);
    const found = bytes === null ? 'it is missing' : linkOf(bytes, number, wanted);
    // What comes before it is named by nobody else.
    if (typeof found === 'string')
      return { trainingSet: { version: trainingSet.version, sound }, failures: [{ at, problem: found }] };
    sound += 1;
    wanted = found.previous ?? '';
  }
  return { trainingSet: { version: trainingSet.version, sound }, failures: [] };
}

/** Which version a version names before it, or what is wrong with it. */
function linkOf(bytes: Uint8Array, number: number, wanted: string): { readonly previous: string | null } | string {
  const sha256 = hashBytes(bytes);
  if (sha256 !== wanted) return `it has ${sha256}; ${wanted} is what names it`;
  const parsed = version.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  if (!parsed.success || parsed.data.version !== number) return `it is not version ${number} of a training set`;
  const { previous } = parsed.data;
  if ((previous === null) !== (number === 1)) return 'it names no version before it, or one before the first';
  return { previous };
}
