import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { labelPath } from '../collect/label-folder.ts';
import { readLabels } from '../collect/read-labels.ts';
import { readSubmittedFrames } from '../receipts/manifests.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { ChainedReceipt } from './read-receipts.ts';

/** Where a frame belongs: as it was recorded, or `sealed` where nothing was trained. */
export type Part = 'training' | 'held-out' | 'sealed';

/** The newest label of one frame. */
export interface SealedLabel {
  /** `{task}/{frame}` without an extension, safe as the path of a file. */
  readonly stem: string;
  readonly frame: string;
  readonly part: Part;
  readonly label: ArtifactRef;
  /** Place of its receipt among those read. */
  readonly from: number;
  readonly taskId: number | null;
  /** Folder that the frames of its task came from; null where CVAT has them. */
  readonly images: FolderRef | null;
  /** Hash of the image that was trained on, where it is recorded. */
  readonly imageSha256: string | null;
}

/**
 * The newest sealed label of every frame, in the order of their paths. A frame that was once trained on or held out stays so
 * until a later receipt says otherwise.
 *
 * @throws MaskloopError `InvalidName` for a frame whose name leads out of a folder; what the store throws
 */
export async function sealedLabels(
  store: ArtifactStore,
  receipts: readonly ChainedReceipt[],
): Promise<readonly SealedLabel[]> {
  const newest = new Map<string, SealedLabel>();
  for (const [from, { receipt }] of receipts.entries()) {
    for (const label of await labelsOf(store, receipt, from)) {
      const before = newest.get(label.stem);
      const part = label.part === 'sealed' && before !== undefined ? before.part : label.part;
      newest.set(label.stem, { ...label, part });
    }
  }
  return [...newest.values()].toSorted((a, b) => (a.stem < b.stem ? -1 : 1));
}

async function labelsOf(store: ArtifactStore, receipt: Receipt, from: number): Promise<readonly SealedLabel[]> {
  const { labels, submission, task } = receipt.results;
  if (labels === undefined) return [];
  const submitted = submission === undefined ? [] : (await readSubmittedFrames(store, submission.manifest)).frames;
  const known = new Map(submitted.map((frame) => [frame.name, frame]));
  const { frames } = await readLabels(store, labels.manifest);
  return frames.map(({ name, label }) => {
    const frame = known.get(name);
    return {
      stem: `${taskFolder(receipt)}/${labelPath(name).slice(0, -'.png'.length)}`,
      frame: name,
      part: frame === undefined ? 'sealed' : frame.part === 'heldOut' ? 'held-out' : 'training',
      label,
      from,
      taskId: task?.taskId ?? null,
      images: receipt.input.images,
      imageSha256: frame?.imageSha256 ?? null,
    };
  });
}

/** The task as it stands in the id, percent-encoded: a folder's name that is safe and of this task alone. */
function taskFolder({ id }: Receipt): string {
  const last = id.split('/').at(-1)?.replace(/~\d+$/, '') ?? '';
  if (/^[A-Za-z0-9._%-]+$/.test(last) && !/^\.+$/.test(last)) return last;
  throw new MaskloopError('InvalidName', `The id "${id}" names no folder.`, { facts: { id } });
}
