import { createHash } from 'node:crypto';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FolderRef } from '../contracts/refs.ts';
import { hashFile } from './file-hash.ts';
import { eachAtOnce } from './each-at-once.ts';
import { listFiles, unreadable } from './folder-files.ts';

export interface FolderDigestOptions {
  readonly signal?: AbortSignal;
  /** Which files count, by relative name with `/`; all if not given. */
  readonly accept?: (name: string) => boolean;
  /** Told after each file. */
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** A folder used in place, with the hash of each file. */
export interface FolderHashes {
  readonly ref: FolderRef;
  /** The files that count, in the order of `listFiles`. */
  readonly names: readonly string[];
  /** Lower-case hex SHA-256 of the file at that place among the names. */
  readonly hashAt: (index: number) => string;
}

const HASH_BYTES = 32;

/**
 * The reference to a folder used in place. Its hash is the SHA-256 over, for each file in the order of `listFiles`,
 * the UTF-8 name, a zero byte and the 32 bytes of the content's SHA-256; so it depends on names and contents alone,
 * not on where the folder lies. Contents are streamed.
 *
 * @throws MaskloopError `UnreadableFile`; the signal's reason if aborted
 */
export async function describeFolder(dir: string, options: FolderDigestOptions = {}): Promise<FolderRef> {
  return (await hashFolder(dir, options)).ref;
}

/** {@link describeFolder}, and the hashes that it is made of: 32 bytes a file, beside the names. */
export async function hashFolder(dir: string, options: FolderDigestOptions = {}): Promise<FolderHashes> {
  const { signal, accept = () => true, onProgress = () => undefined } = options;
  const folder = resolve(dir);
  signal?.throwIfAborted();
  const names = (await listFiles(folder)).filter(accept);
  const hashes = await hashAll(folder, names, onProgress, signal);
  const hashAt = (index: number): string => hashes.toString('hex', index * HASH_BYTES, (index + 1) * HASH_BYTES);
  const ref = { uri: pathToFileURL(folder).href, sha256: filesDigest(names, hashAt), files: names.length };
  return { ref, names, hashAt };
}

/** The digest of {@link describeFolder} over names in the order of `listFiles` and the hex hash of each. */
export function filesDigest(names: readonly string[], hashAt: (index: number) => string): string {
  const digest = createHash('sha256');
  for (const [index, name] of names.entries()) digest.update(`${name}\0`).update(hashAt(index), 'hex');
  return digest.digest('hex');
}

/** SHA-256 of each file, one after the other in the order of the names. The first failure stops all readers. */
async function hashAll(
  folder: string,
  names: readonly string[],
  onProgress: NonNullable<FolderDigestOptions['onProgress']>,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const hashes = Buffer.alloc(names.length * HASH_BYTES);
  let done = 0;
  await eachAtOnce(names, signal, async (name, index, stop) => {
    const path = join(folder, name);
    const sha256 = await hashFile(path, stop).catch((error: unknown) => {
      throw unreadable(error, path);
    });
    hashes.write(sha256, index * HASH_BYTES, 'hex');
    onProgress({ done: (done += 1), total: names.length });
  });
  return hashes;
}
