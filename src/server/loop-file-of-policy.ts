import type { LoopStatus } from '../contracts/loop.ts';
import { readLoopPolicy } from '../loop-file/policy/stored-policy.ts';
import { unsaidParts } from '../loop-file/written/unsaid.ts';
import { writeLoopFile } from '../loop-file/written/write-loop-file.ts';
import { parseNoticeBook } from '../notify/read-notice-book.ts';
import { jsonOf } from '../storage/json-of.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { namedRefs } from './api/named-refs.ts';

/** What a loop does, as a `maskloop.yaml`. */
export interface LoopFileText {
  readonly text: string;
  /** Hash of the policy that it was written from. */
  readonly policy: string;
  /** True for the policy of an edit, which takes its place at the next iteration. */
  readonly isEdited: boolean;
  /** Parts of the policy that no such file can say. */
  readonly unsaid: readonly string[];
}

/**
 * Writes what a loop does from its next iteration on. A label map, of which the policy has the colours alone, is put into the store.
 *
 * @throws MaskloopError `InvalidLoopPolicy`, `InvalidNotices`, and what the store throws
 */
export async function loopFileOf(store: ArtifactStore, status: LoopStatus): Promise<LoopFileText> {
  const ref = status.edited ?? status.policy;
  const policy = await readLoopPolicy(store, ref);
  const { colours } = policy.iteration.conversion.rules;
  // The first colour of a value counts: their order stays.
  const labelMap = colours === null ? null : await store.put(Buffer.from(JSON.stringify(Object.fromEntries(colours))));
  const book = policy.notices?.book ?? null;
  const text = writeLoopFile(policy, {
    labelMap: labelMap?.uri ?? null,
    book: book === null ? null : parseNoticeBook(jsonOf(await store.get(book)), 'The notice book of the loop'),
  });
  return { text, policy: ref.sha256, isEdited: status.edited !== null, unsaid: unsaidParts(policy, text) };
}

/** Addresses of the files and folders that a loop that runs reads anyway, now or from its next iteration on. @throws as {@link loopFileOf} */
export async function addressesOf(store: ArtifactStore, { policy, edited }: LoopStatus): Promise<readonly string[]> {
  const policies = await Promise.all(
    [policy, ...(edited === null ? [] : [edited])].map((ref) => readLoopPolicy(store, ref)),
  );
  return policies.flatMap((one) => namedRefs(one).map(({ uri }) => uri));
}
