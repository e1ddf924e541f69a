import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MaskloopError } from '../../contracts/error.ts';
import { checkDocumentSize, MAX_DOCUMENT_BYTES } from '../document-size.ts';
import { reasonOf, unreadable } from '../file-failures.ts';

/**
 * The bytes of a COCO document, unpacked if the file is gzip.
 *
 * @param limit in bytes, packed and unpacked
 * @throws MaskloopError `UnreadableFile`; `DocumentTooLarge` before it is read, or once so much of it is unpacked;
 * `InvalidDataset` for damaged gzip and a ZIP archive
 */
export async function documentBytes(
  path: string,
  signal?: AbortSignal,
  limit = MAX_DOCUMENT_BYTES,
): Promise<Uint8Array> {
  const failed = (error: unknown): never => {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  };
  checkDocumentSize((await stat(path).catch(failed)).size, path, limit);
  const bytes = await readFile(path, { signal }).catch(failed);
  if (beginsWith(bytes, 0x50, 0x4b)) {
    const hint = "name the JSON file in it, in CVAT's exports annotations/instances_default.json";
    throw new MaskloopError('InvalidDataset', `${path} is a ZIP archive: unpack it and ${hint}.`, {
      facts: { file: path, problem: 'ZIP archive' },
    });
  }
  return beginsWith(bytes, 0x1f, 0x8b) ? unpacked(bytes, path, limit) : bytes;
}

async function unpacked(bytes: Uint8Array, path: string, limit: number): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: limit });
  } catch (cause) {
    const reason = reasonOf(cause);
    if (reason === 'ERR_BUFFER_TOO_LARGE') checkDocumentSize(undefined, path, limit);
    throw new MaskloopError('InvalidDataset', `${path} cannot be unpacked: ${reason}.`, {
      facts: { file: path, problem: reason },
      cause,
    });
  }
}

function beginsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
