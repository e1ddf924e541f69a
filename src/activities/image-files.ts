import { MaskloopError } from '../contracts/error.ts';
import { listFiles } from '../storage/folder-files.ts';

/** Image files by their extension, as CVAT takes them. */
const IMAGE_FILE = /\.(png|jpe?g|bmp|webp|tiff?)$/i;

export function isImageFile(name: string): boolean {
  return IMAGE_FILE.test(name);
}

/**
 * The images of a folder and its subfolders, in the order of their names, with `/` between folders.
 *
 * @throws MaskloopError `NoImages`, `UnreadableFile`
 */
export async function imageFiles(folder: string): Promise<readonly string[]> {
  const names = (await listFiles(folder)).filter(isImageFile);
  if (names.length > 0) return names;
  throw new MaskloopError('NoImages', `${folder} holds no image.`, { facts: { folder } });
}
