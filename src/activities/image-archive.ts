import { createWriteStream } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import yazl from 'yazl';
import type { UploadContent } from '../cvat/upload-file.ts';
import type { FolderContents } from '../storage/folder-contents.ts';

/** Every archive of the same images has the same bytes, wherever they lie. */
const SAME = { compress: false, mtime: new Date('2000-01-01T00:00:00'), mode: 0o100644 };

/**
 * Packs images into a ZIP archive in the temporary folder, for as long as `use` needs it. They are not compressed: images
 * are already.
 *
 * @param names of the folder's files; these become the names of the frames
 * @throws what reading the images throws, the errors of the file system, and those of `use`
 */
export async function withImageArchive<T>(
  images: FolderContents,
  names: readonly string[],
  use: (archive: UploadContent) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-images-'));
  try {
    const path = join(dir, 'images.zip');
    await pack(images, names, path);
    return await useFile(path, use);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

async function pack(images: FolderContents, names: readonly string[], path: string): Promise<void> {
  const zip = new yazl.ZipFile();
  const stop = new AbortController();
  const failed = new Promise<never>((_, reject) => {
    zip.on('error', reject);
  });
  for (const name of names) {
    const size = await images.sizeOf(name);
    zip.addReadStreamLazy(name, { ...SAME, size }, (give) => give(null, Readable.from(contentOf(images, name))));
  }
  zip.end();
  const written = pipeline(zip.outputStream, createWriteStream(path), { signal: stop.signal });
  try {
    await Promise.race([written, failed]);
  } catch (error) {
    stop.abort();
    await written.catch(() => undefined);
    throw error;
  }
}

/** A stream that opens the file when it is its turn: thousands would be too many at once. */
async function* contentOf(images: FolderContents, name: string): AsyncGenerator<Uint8Array> {
  const content: AsyncIterable<Uint8Array> = await images.open(name);
  yield* content;
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
