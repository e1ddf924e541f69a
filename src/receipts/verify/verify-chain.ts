import { isMaskloopError } from '../../contracts/error.ts';
import { linkName, receiptName } from '../../contracts/ids.ts';
import type { ChainLink, Receipt } from '../../contracts/receipt.ts';
import { hashBytes } from '../../storage/file-hash.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { readLink } from '../chain.ts';
import { parseReceipt } from '../parse-receipt.ts';
import type { VerificationFailure } from './verification.ts';

export interface VerifiedChain {
  readonly chain: { readonly number: number; readonly sound: number } | null;
  readonly failures: readonly VerificationFailure[];
}

/**
 * Follows a receipt back to the first of its chain: each has to be the one that the receipt after it and the link of its
 * number name, in the store by content and, unless another run of the same iteration came later, by name.
 */
export async function verifyChain(
  store: ArtifactStore,
  receipt: Receipt,
  sha256: string,
  signal: AbortSignal,
): Promise<VerifiedChain> {
  if (receipt.chain === undefined) return { chain: null, failures: [] };
  const failures: VerificationFailure[] = [];
  let sound = 0;
  let here: { readonly receipt: Receipt; readonly sha256: string } | null = { receipt, sha256 };
  while (here?.receipt.chain !== undefined) {
    signal.throwIfAborted();
    const { number, previous } = here.receipt.chain;
    const at = linkName(receipt.input, number);
    const problem = linkProblem(await linkOf(store, receipt, number), here);
    if (problem !== null) failures.push({ at, problem });
    else sound += 1;
    if (previous === null && number !== 1) failures.push({ at, problem: 'it names no receipt before it' });
    if (previous === null) break;
    const before: string | { readonly receipt: Receipt; readonly sha256: string } = await receiptBefore(
      store,
      previous,
    );
    if (typeof before === 'string') failures.push({ at: receiptName(previous.id), problem: before });
    here = typeof before === 'string' ? null : before;
  }
  return { chain: { number: receipt.chain.number, sound }, failures };
}

async function linkOf(store: ArtifactStore, { input }: Receipt, number: number): Promise<ChainLink | string> {
  try {
    return (await readLink(store, input, number)) ?? 'the link is missing';
  } catch (error) {
    if (isMaskloopError(error)) return error.message;
    throw error;
  }
}

function linkProblem(
  link: ChainLink | string,
  { receipt, sha256 }: { receipt: Receipt; sha256: string },
): string | null {
  if (typeof link === 'string') return link;
  if (link.receipt.sha256 !== sha256) return `the link names ${link.receipt.sha256}; ${receipt.id} has ${sha256}`;
  const same = link.number === receipt.chain?.number && link.previous?.sha256 === receipt.chain.previous?.sha256;
  return same ? null : 'the link and its receipt name different receipts before them';
}

/** The receipt before, or what is wrong with it. */
async function receiptBefore(
  store: ArtifactStore,
  { id, number, sha256 }: NonNullable<NonNullable<Receipt['chain']>['previous']>,
): Promise<{ receipt: Receipt; sha256: string } | string> {
  const uri = `store:sha256/${sha256.slice(0, 2)}/${sha256}`;
  try {
    const bytes = await store.get({ uri, sha256, bytes: 0 });
    const named = await store.getNamed(receiptName(id));
    if (named === null) return `the receipt of ${id} is missing`;
    const receipt = parseReceipt(bytes, receiptName(id));
    if (receipt.chain?.number !== number || receipt.id !== id) return `it is not receipt ${number}, of ${id}`;
    if (hashBytes(named) !== sha256 && !(await isLater(store, receipt, named))) {
      return `the receipt of ${id} is not the one that the chain names`;
    }
    return { receipt, sha256 };
  } catch (error) {
    if (isMaskloopError(error)) return error.message;
    throw error;
  }
}

/** True for the receipt of another run of the same iteration, with a number of its own. */
async function isLater(store: ArtifactStore, { chain, input }: Receipt, named: Uint8Array): Promise<boolean> {
  const other = parseReceipt(named, 'receipt');
  if (other.chain === undefined || other.chain.number <= (chain?.number ?? 0)) return false;
  const link = await readLink(store, input, other.chain.number);
  return link?.receipt.sha256 === hashBytes(named);
}
