import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { UploadContent } from '../cvat/upload-file.ts';

/** Every archive of the same images has the same bytes. */
const MODIFIED = new Date('2000-01-01T00:00:00');

/**
 * Packs images into a ZIP archive in the temporary folder, for as long as `use` needs it. They are not compressed: images
 * are already.
 *
 * @param names relative to the folder, with `/` between folders; these become the names of the frames
 * @throws the errors of the file system, and of `use`
 */
export async function withImageArchive<T>(
  folder: string,
  names: readonly string[],
  use: (archive: UploadContent) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-images-'));
  try {
    const path = join(dir, 'images.zip');
    const zip = new yazl.ZipFile();
    const failed = new Promise<never>((_, reject) => {
      zip.on('error', reject);
    });
    for (const name of names) zip.addFile(join(folder, name), name, { compress: false, mtime: MODIFIED });
    zip.end();
    await Promise.race([pipeline(zip.outputStream, createWriteStream(path)), failed]);
    return await useFile(path, use);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function useFile<T>(path: string, use: (archive: UploadContent) => Promise<T>): Promise<T> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    return await use({
      length: size,
      async read(start, end) {
        const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
        return buffer.subarray(0, bytesRead);
      },
    });
  } finally {
    await file.close();
  }
}
