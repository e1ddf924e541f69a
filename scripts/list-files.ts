import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';

/** Folders that hold sources of ours, and what is no source below them. */
const FOLDERS = ['src', 'web', 'test', 'scripts'];
const NOT_SOURCE = /^test\/(fixtures|histories)\//;

/** Own source files below the project's folder, as sorted paths from there, with `/`. */
export async function listSourceFiles(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const folder of FOLDERS.filter((name) => existsSync(path.join(root, name)))) {
    const names = await readdir(path.join(root, folder), { recursive: true });
    found.push(...names.map((name) => `${folder}/${name.split(path.sep).join('/')}`));
  }
  return found.filter((file) => /\.(ts|tsx|js|mjs)$/.test(file) && !NOT_SOURCE.test(file)).toSorted();
}
