import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import yauzl from 'yauzl';
import yazl from 'yazl';

/** A file in an archive. */
export interface ZipEntry {
  /** With folders, divided by `/`. */
  readonly name: string;
  readonly bytes: Buffer;
}

export function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * The files of an archive in their order, without folders.
 *
 * @throws Error if it is damaged
 */
export async function readZip(bytes: Buffer): Promise<ZipEntry[]> {
  const archive = await yauzl.fromBufferPromise(bytes);
  const entries: ZipEntry[] = [];
  for await (const entry of archive.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    entries.push({ name: entry.fileName, bytes: await buffer(await archive.openReadStreamPromise(entry)) });
  }
  return entries;
}

/** Packs files without compressing them, as CVAT's exports are. */
export async function writeZip(entries: readonly ZipEntry[], modified: Date): Promise<Buffer> {
  const archive = new yazl.ZipFile();
  for (const { name, bytes } of entries) archive.addBuffer(bytes, name, { compress: false, mtime: modified });
  archive.end();
  return buffer(Readable.from(archive.outputStream));
}
