import { isAbsolute, join, relative, sep } from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';
import type { Dataset, DatasetImage } from '../dataset/dataset.ts';

/** Where the mask of an image goes. */
export interface MaskTarget {
  readonly image: DatasetImage;
  /** Path of the file: folder, then the name of the image with the ending `.png`. */
  readonly path: string;
}

/** Endings that `.png` replaces. What else follows a dot belongs to the name. */
const IMAGE_ENDING = /\.(jpe?g|jpe|jfif|tiff?|bmp|webp|gif|jp2|ppm|pgm|dcm)$/i;

/**
 * Where the masks of a dataset go: the name of each image, subfolders by `/`, in `dir`.
 *
 * @throws MaskloopError `UnsafeFileName` for a name that is absolute, goes up by `..`, names a folder or holds the
 * character 0; `MaskNameTaken` if two images would have the same mask
 */
export function maskTargets({ images, where }: Dataset, dir: string): MaskTarget[] {
  const taken = new Map<string, DatasetImage>();
  return images.map((image) => {
    const name = maskName(image.fileName);
    if (!isSafe(image.fileName) || !isInside(join(dir, name), dir)) {
      throw new MaskloopError(
        'UnsafeFileName',
        `${where}, image ${image.id}: the file_name ${JSON.stringify(image.fileName)} names no file inside a folder.`,
        { facts: { file: where, image: image.id, fileName: image.fileName } },
      );
    }
    const path = join(dir, name);
    const other = taken.get(path);
    if (other !== undefined) {
      throw new MaskloopError(
        'MaskNameTaken',
        `${where}: images ${other.id} (${other.fileName}) and ${image.id} (${image.fileName}) would both become ${path}.`,
        { facts: { file: where, images: [other.id, image.id], fileNames: [other.fileName, image.fileName], path } },
      );
    }
    taken.set(path, image);
    return { image, path };
  });
}

function maskName(fileName: string): string {
  return fileName.toLowerCase().endsWith('.png') ? fileName : `${fileName.replace(IMAGE_ENDING, '')}.png`;
}

/** True for a relative name of a file, in any folders, that goes up nowhere. */
function isSafe(fileName: string): boolean {
  const parts = fileName.split(sep === '\\' ? /[/\\]/ : '/');
  const namesFolder = ['', '.'].includes(parts.at(-1) ?? '');
  return !parts.includes('..') && !namesFolder && !isAbsolute(fileName) && !fileName.includes('\0');
}

function isInside(path: string, dir: string): boolean {
  const inside = relative(dir, path);
  return inside !== '' && !isAbsolute(inside) && inside.split(sep)[0] !== '..';
}
