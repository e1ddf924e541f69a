import { readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { codeOf, fileName, inFolder, readOrNull, writeWhole } from './folder.ts';

/** Looked for in this order; an image with another ending is found by listing the folder. */
const ENDINGS = ['.png', '.jpg', '.jpeg', '.bmp', '.tif', '.tiff', '.webp'];

/** Names of the files in a folder; empty where it does not exist. */
export async function filesIn(folder: string): Promise<readonly string[]> {
  return inFolder(folder, async () => {
    try {
      return (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    }
  });
}

/** Where an image of the folder is, and its bytes; null if there is none. */
export async function findImage(root: string, imageId: string): Promise<{ path: string; bytes: Buffer } | null> {
  const folder = join(root, 'images');
  for (const ending of ENDINGS) {
    const path = join(folder, `${fileName(imageId)}${ending}`);
    const bytes = await readOrNull(path);
    if (bytes !== null) return { path, bytes };
  }
  const other = (await filesIn(folder)).find((name) => name.slice(0, name.length - extname(name).length) === imageId);
  const bytes = other === undefined ? null : await readOrNull(join(folder, other));
  return other === undefined || bytes === null ? null : { path: join(folder, other), bytes };
}

/** Stores an image unless there is one under this id. */
export async function storeImage(
  root: string,
  { imageId, fileName: given, bytes }: { imageId: string; fileName: string; bytes: Uint8Array },
): Promise<'stored' | 'present'> {
  if ((await findImage(root, imageId)) !== null) return 'present';
  await writeWhole(join(root, 'images', `${fileName(imageId)}${extname(given)}`), bytes);
  return 'stored';
}

/** Each image with a label, in the order of the names: what a training is to learn from. */
export async function trainingPairs(root: string): Promise<{ id: string; image: string; label: string }[]> {
  const images = new Map(
    (await filesIn(join(root, 'images'))).map((name) => [name.slice(0, name.length - extname(name).length), name]),
  );
  return (await filesIn(join(root, 'labels'))).flatMap((name) => {
    const id = name.slice(0, -'.png'.length);
    const image = images.get(id);
    return image === undefined ? [] : [{ id, image: join(root, 'images', image), label: join(root, 'labels', name) }];
  });
}
