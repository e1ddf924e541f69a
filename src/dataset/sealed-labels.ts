import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef, FolderRef } from '../contracts/refs.ts';
import type { Receipt } from '../contracts/receipt.ts';
import { labelPath } from '../collect/label-folder.ts';
import { readLabels } from '../collect/read-labels.ts';
import { readSubmittedFrames } from '../receipts/manifests.ts';
import { contentRef } from '../storage/content-address.ts';
import type { DatasetDocuments } from './dataset-source.ts';
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

/** A correction after a receipt: which labels of a frame it takes the place of, and with what; null takes the frame out. */
interface Corrected {
  readonly instead: ReadonlySet<string>;
  readonly sha256: string | null;
}

/**
 * The newest sealed label of every frame, in the order of their paths, with what was corrected after its receipt. A frame
 * that was once trained on or held out stays so until a later receipt says otherwise.
 *
 * @throws MaskloopError `InvalidName` for a frame whose name leads out of a folder; what the store throws
 */
export async function sealedLabels(
  store: Pick<DatasetDocuments, 'get'>,
  receipts: readonly ChainedReceipt[],
): Promise<readonly SealedLabel[]> {
  const newest = new Map<string, SealedLabel>();
  for (const [from, { receipt, amendments }] of receipts.entries()) {
    const corrected = corrections(amendments);
    for (const label of await labelsOf(store, receipt, from, corrected)) {
      const before = newest.get(label.stem);
      if (label.label === null) {
        newest.delete(label.stem);
        continue;
      }
      const part = label.part === 'sealed' && before !== undefined ? before.part : label.part;
      newest.set(label.stem, { ...label, label: label.label, part });
    }
  }
  return [...newest.values()].toSorted((a, b) => (a.stem < b.stem ? -1 : 1));
}

/** The label of a frame as it stands in a receipt, or was corrected after it; null where CVAT has the frame no longer. */
type AmendedLabel = Omit<SealedLabel, 'label'> & { readonly label: ArtifactRef | null };

async function labelsOf(
  store: Pick<DatasetDocuments, 'get'>,
  receipt: Receipt,
  from: number,
  corrected: ReadonlyMap<string, Corrected>,
): Promise<readonly AmendedLabel[]> {
  const { labels, submission, task } = receipt.results;
  if (labels === undefined) return [];
  const submitted = submission === undefined ? [] : (await readSubmittedFrames(store, submission.manifest)).frames;
  const known = new Map(submitted.map((frame) => [frame.name, frame]));
  const { frames, withoutLabel = [] } = await readLabels(store, labels.manifest);
  const asLabel = (name: string, label: ArtifactRef | null): AmendedLabel => {
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
  };
  // A frame that was deleted in CVAT before it was sealed again is no label, whatever an earlier receipt has.
  const deleted = withoutLabel.filter(({ why }) => why === 'deleted');
  const sealed = frames.map(({ name, label }) => asLabel(name, correctedLabel(label, corrected.get(name))));
  return [...deleted.map(({ name }) => asLabel(name, null)), ...sealed];
}

/** What is corrected, by frame name. */
function corrections(amendments: ChainedReceipt['amendments']): ReadonlyMap<string, Corrected> {
  const corrected = new Map<string, Corrected>();
  for (const { name, before, after } of amendments.flatMap(({ amendment }) => amendment.frames)) {
    const { instead, sha256 } = corrected.get(name) ?? { instead: [], sha256: null };
    const replaced = [...instead, before, ...(sha256 === null ? [] : [sha256])];
    corrected.set(name, { instead: new Set(replaced), sha256: after });
  }
  return corrected;
}

/** Another run of the same iteration may have sealed the frame with another label, which was not corrected. */
function correctedLabel(label: ArtifactRef, corrected: Corrected | undefined): ArtifactRef | null {
  if (corrected === undefined || !corrected.instead.has(label.sha256)) return label;
  return corrected.sha256 === null ? null : contentRef(corrected.sha256, 0);
}

/** The task as it stands in the id, percent-encoded: a folder's name that is safe and of this task alone. */
function taskFolder({ id }: Receipt): string {
  const last = id.split('/').at(-1)?.replace(/~\d+$/, '') ?? '';
  if (/^[A-Za-z0-9._%-]+$/.test(last) && !/^\.+$/.test(last)) return last;
  throw new MaskloopError('InvalidName', `The id "${id}" names no folder.`, { facts: { id } });
}
