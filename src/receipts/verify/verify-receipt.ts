import { isMaskloopError, MaskloopError } from '../../contracts/error.ts';
import { receiptName } from '../../contracts/ids.ts';
import type { Receipt } from '../../contracts/receipt.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { parseReceipt } from '../parse-receipt.ts';
import { recountEvaluation } from './recount-evaluation.ts';
import { recountings, type Recounting } from './recount.ts';
import { referencesIn } from './references.ts';
import type { Recount, Verification, VerificationFailure } from './verification.ts';
import { verifyChain } from './verify-chain.ts';
import { verifyFolders } from './verify-folders.ts';
import { verifyTrainingSet } from './verify-training-set.ts';
import { walkArtifacts, type WalkOptions, type Walked } from './walk-artifacts.ts';

/**
 * Holds a receipt against the store, without asking any server: every artifact that it leads to is read and hashed,
 * folders in place are compared with their digests, counts, Dice and the verdict on the model are made again from the
 * artifacts, and the chains of receipts and of the training set are followed to their first link.
 *
 * @throws MaskloopError `IterationNotFound`, `ArtifactCorrupt` if the document is no receipt, `StoreUnreachable`; the
 *   signal's reason if aborted
 */
export async function verifyReceipt(store: ArtifactStore, id: string, options: WalkOptions): Promise<Verification> {
  const name = receiptName(id);
  const bytes = await store.getNamed(name);
  if (bytes === null) throw new MaskloopError('IterationNotFound', `${id} has no receipt.`, { facts: { id } });
  const receipt = parseReceipt(bytes, name);
  const sha256 = hashBytes(bytes);
  const found = referencesIn(receipt);
  const walked = await walkArtifacts(store, found.artifacts, options);
  const checked = await verifyFolders(store, found.folders, options.signal);
  const counted = await countAgain(store, receipt, walked, options.signal);
  const { chain, failures: broken } = await verifyChain(store, receipt, sha256, options.signal);
  const versions = await verifyTrainingSet(store, receipt.results.trainingSet, options.signal);
  const failures = [...walked.failures, ...checked.failures, ...counted.failures, ...broken, ...versions.failures];
  return {
    id,
    sha256,
    sound: failures.length === 0,
    artifacts: walked.artifacts,
    folders: checked.folders,
    recounted: counted.recounted,
    chain,
    trainingSet: versions.trainingSet,
    absent: [...walked.absent, ...checked.absent],
    failures,
  };
}

interface Counted {
  readonly recounted: readonly Recount[];
  readonly failures: readonly VerificationFailure[];
}

/** Counts what can be counted. Where artifacts are missing or damaged, which is told already, the counts of their part are left out. */
async function countAgain(
  store: ArtifactStore,
  receipt: Receipt,
  walked: Walked,
  signal: AbortSignal,
): Promise<Counted> {
  const { evaluation } = receipt.results;
  const all = [...recountings(receipt), ...(evaluation === undefined ? [] : [recountEvaluation(receipt, evaluation)])];
  const recounted: Recount[] = [];
  const failures: VerificationFailure[] = [];
  for (const recounting of all.filter(({ at }) => isWhole(walked, at))) {
    const counted = await countOne(store, recounting, signal);
    if (typeof counted === 'string') failures.push({ at: recounting.at, problem: counted });
    else recounted.push(...counted);
  }
  const differing = recounted.filter(({ stated, counted }) => stated !== counted);
  return {
    recounted: recounted.filter(({ stated, counted }) => stated === counted),
    failures: [
      ...failures,
      ...differing.map(({ what, stated, counted }) => ({
        at: what,
        problem: `the receipt says ${stated}, the artifacts ${counted}`,
      })),
    ],
  };
}

function isWhole({ failures, absent }: Walked, at: string): boolean {
  const isOfIt = (place: { readonly at: string }): boolean => place.at.startsWith(at);
  return !failures.some(isOfIt) && !absent.some(isOfIt);
}

async function countOne(
  store: ArtifactStore,
  { count }: Recounting,
  signal: AbortSignal,
): Promise<readonly Recount[] | string> {
  try {
    return await count(store, signal);
  } catch (error) {
    // Another part names the same artifact, and told what is wrong with it.
    if (isMaskloopError(error, 'ArtifactMissing') || (isMaskloopError(error) && 'found' in error.facts)) return [];
    if (isMaskloopError(error)) return error.message;
    throw error;
  }
}
