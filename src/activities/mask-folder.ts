import { requireMasks, type MaskListing } from '../coco/list-masks.ts';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { FolderRef } from '../contracts/refs.ts';
import { folderPath } from '../storage/contents-in-place.ts';
import { isStored } from '../storage/folder-contents.ts';
import { openContents } from '../storage/open-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** The folder of the masks, imported or only compared with. @throws MaskloopError `InvalidConfiguration` for an iteration without */
export function maskFolder({ masks, compareWith }: Pick<IterationInput, 'masks' | 'compareWith'>): FolderRef {
  const folder = masks ?? compareWith;
  if (folder !== undefined) return folder;
  throw new MaskloopError('InvalidConfiguration', 'The iteration was started without masks.');
}

/**
 * The masks of a folder, which has to hold one: files that are named `.png`, in any case.
 *
 * @throws MaskloopError `EmptyMaskFolder`, `UnreadableFile`; what the store throws for a folder in it
 */
export async function listMaskFolder(store: ArtifactStore, folder: FolderRef): Promise<MaskListing> {
  if (!isStored(folder)) return requireMasks(folderPath(folder));
  const { names, where } = await openContents(store, folder);
  const masks = names.filter((name) => name.toLowerCase().endsWith('.png'));
  if (masks.length > 0) return { masks, ignored: names.length - masks.length };
  throw new MaskloopError('EmptyMaskFolder', `${where} holds no PNG file.`, {
    facts: { folder: where, ignoredFiles: names.length },
  });
}
