import type { FolderRef } from './refs.ts';

/** What stands for the task of held-out images of a folder in their image ids. */
export function heldOutTask(images: Pick<FolderRef, 'sha256'>): string {
  return `held-out ${images.sha256.slice(0, 12)}`;
}
