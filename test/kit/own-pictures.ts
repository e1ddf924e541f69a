import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FolderRef } from '../../src/contracts/refs.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { chunksOf, pngOf } from './png-chunks.ts';

/** The same frames as other files, as another task has them: each says in a comment whose it is. */
export async function ownPictures(imagesDir: string, task: string): Promise<FolderRef> {
  const dir = join(dirname(imagesDir), `images of ${task}`);
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(imagesDir)) {
    const chunks = chunksOf(await readFile(join(imagesDir, name)));
    const comment = { type: 'tEXt', data: Buffer.from(`Comment\0${task}`, 'latin1') };
    await writeFile(join(dir, name), pngOf([...chunks.slice(0, -1), comment, ...chunks.slice(-1)]));
  }
  return describeFolder(dir);
}
