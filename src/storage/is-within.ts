import { isAbsolute, relative, sep } from 'node:path';

/** True for a path that is the folder itself or lies below it, by the names alone; both absolute. */
export function isWithin(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
