import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Runs `action` with a folder of these files (subfolders by `/`), and removes it afterwards. */
export async function withFolder<T>(
  files: Readonly<Record<string, Uint8Array | string>>,
  action: (dir: string) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-coco-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), content);
    }
    return await action(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Everything in a folder, hidden files too, sorted. */
export async function contents(dir: string): Promise<string[]> {
  return (await readdir(dir)).toSorted();
}
