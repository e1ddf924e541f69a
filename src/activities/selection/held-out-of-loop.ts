import { z } from 'zod';
import { iterationId, receiptName } from '../../contracts/ids.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import { isMeasured } from '../../contracts/manifests.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import type { SampleList } from '../../contracts/selection.ts';
import { groupOf } from '../../gate/group-of.ts';
import { readSubmittedFrames } from '../../receipts/manifests.ts';
import { hasReceipt } from '../../receipts/read-receipt.ts';
import { artifactSchema } from '../../storage/artifact-schema.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import { verifyContents } from '../../storage/verify-contents.ts';
import { sealedTask } from '../gate/sealed-task.ts';
import { isImageFile } from '../image-files.ts';
import type { SelectionPolicy } from './policy-document.ts';

/** What may not be chosen to train on. */
export interface HeldOutOfLoop {
  readonly groups: ReadonlySet<string>;
  /** SHA-256 of images, as far as they are known. */
  readonly hashes: ReadonlySet<string>;
}

/** A held-out frame; null for a hash that is not known. */
type Held = { readonly name: string; readonly sha256: string | null };

/** What is read of a receipt. */
const receipt = z.object({
  results: z.object({ submission: z.object({ manifest: artifactSchema }).optional() }),
});

/** The frames that the iteration of a task held out of its own. */
async function ofReceipt(store: ArtifactStore, policy: SelectionPolicy, task: string): Promise<readonly Held[]> {
  const { connection, project } = policy;
  const bytes = await store.getNamed(receiptName(iterationId({ connection, project, task })));
  if (bytes === null) return [];
  const parsed = receipt.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
  const manifest = parsed.data?.results.submission?.manifest;
  if (manifest === undefined) return [];
  const { frames } = await readSubmittedFrames(store, manifest);
  return frames.filter(isMeasured).map(({ name }) => ({ name, sha256: null }));
}

async function ofFolder(store: ArtifactStore, images: FolderRef, signal: AbortSignal): Promise<readonly Held[]> {
  const { names, hashAt } = await verifyContents(store, images, { signal });
  return names.map((name, index) => ({ name, sha256: hashAt(index) })).filter(({ name }) => isImageFile(name));
}

async function ofTask(
  store: ArtifactStore,
  policy: SelectionPolicy,
  task: string,
  signal: AbortSignal,
): Promise<readonly Held[]> {
  const { labels, images } = await sealedTask(store, policy, task);
  // In the store the hashes are known without reading anything.
  const known = images?.manifest === undefined ? [] : await ofFolder(store, images, signal);
  const hashes = new Map(known.map(({ name, sha256 }) => [name, sha256]));
  return labels.frames.map(({ name }) => ({ name, sha256: hashes.get(name) ?? null }));
}

/** Name of the loop's own held-out task; null where it has none. */
function ownTask({ heldOutTask, taskName }: SelectionPolicy): string | null {
  return heldOutTask === null ? null : loopTaskName(taskName, 0);
}

/** The frames of the loop's own held-out task: as they were chosen, else as people have made the task. */
async function ofOwnTask(
  store: ArtifactStore,
  policy: SelectionPolicy,
  list: SampleList | undefined,
  signal: AbortSignal,
): Promise<readonly Held[]> {
  const task = ownTask(policy);
  if (list !== undefined || task === null) return list?.samples ?? [];
  const { connection, project } = policy;
  const isThere = await hasReceipt(store, iterationId({ connection, project, task }));
  return isThere ? ofTask(store, policy, task, signal) : [];
}

/**
 * Groups of which no frame may be chosen to train on: those of the loop's held-out task, of the held-out frames that the policy
 * names outside of the loop, and of frames that earlier iterations have held out of their own.
 *
 * @param lists what was chosen for other numbers
 * @throws MaskloopError `HeldOutMissing`, `InputChanged`; what the store throws
 */
export async function heldOutOfLoop(
  store: ArtifactStore,
  policy: SelectionPolicy,
  lists: ReadonlyMap<number, SampleList>,
  signal: AbortSignal,
): Promise<HeldOutOfLoop> {
  const { heldOut, group } = policy.iteration.training;
  const held: Held[] = [...(await ofOwnTask(store, policy, lists.get(0), signal))];
  if (heldOut?.kind === 'folder') held.push(...(await ofFolder(store, heldOut.images, signal)));
  // Chosen before it is sealed.
  const isOthers = heldOut?.kind === 'task' && heldOut.task !== ownTask(policy);
  if (isOthers) held.push(...(await ofTask(store, policy, heldOut.task, signal)));
  // A frame that is its own group is in a list, and so is never chosen again anyway.
  if (group !== undefined) {
    for (const { task } of lists.values()) held.push(...(await ofReceipt(store, policy, task)));
  }
  const groupOfFrame = groupOf(group);
  return {
    groups: new Set(held.map(({ name }) => groupOfFrame(name))),
    hashes: new Set(held.flatMap(({ sha256 }) => sha256 ?? [])),
  };
}
