import { MaskloopError } from '../contracts/error.ts';
import type { FolderContents } from '../storage/folder-contents.ts';

/** Image files by their extension, as CVAT takes them. */
const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

export function isImageFile(name: string): boolean {
  return IMAGE_FILE.test(name);
}

/**
 * The images of a folder and its subfolders, in the order of their names, with `/` between folders.
 *
 * @throws MaskloopError `NoImages`
 */
export function imageFiles({ names, where }: Pick<FolderContents, 'names' | 'where'>): readonly string[] {
  const images = names.filter(isImageFile);
  if (images.length > 0) return images;
  throw new MaskloopError('NoImages', `${where} holds no image.`, { facts: { folder: where } });
}
