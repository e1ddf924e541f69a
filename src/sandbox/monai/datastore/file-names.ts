import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Endings that the server knows; anything else ends at the first dot of the name. */
const KNOWN = ['.nii.gz', '.nii', '.nrrd', '.jpg', '.png', '.tif', '.svs', '.xml'];

/** The ending under which a file is kept: of `study.1.slice.2.png` only `.png`. */
export function keptExtension(name: string): string {
  const known = KNOWN.find((extension) => name.endsWith(extension));
  if (known !== undefined) return known;
  const dot = name.indexOf('.');
  return dot < 0 ? '' : name.slice(dot);
}

/** Whether a file that turns up in a folder is taken for an image or a label. */
export function isKnown(name: string): boolean {
  return KNOWN.some((extension) => name.endsWith(extension));
}

/** @throws Error if a name would lead into another folder */
export function fileName(name: string): string {
  if (/[/\\\0]/.test(name) || name === '..' || name === '.' || name === '') throw new Error(`not a file name: ${name}`);
  return name;
}

export function imagePath(folder: string, id: string, ext: string): string {
  return join(folder, fileName(`${id}${ext}`));
}

export function labelPath(folder: string, id: string, tag: string, ext: string): string {
  return join(folder, 'labels', fileName(tag), fileName(`${id}${ext}`));
}

/** The path if there is a file, else null. */
export function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}
