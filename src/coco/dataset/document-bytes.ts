import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MaskloopError } from '../../contracts/error.ts';
import { reasonOf, unreadable } from '../file-failures.ts';

/** Longest document, packed or not; Node reads no longer file at once. */
const MAX_BYTES = 2 ** 31 - 1;

/**
 * The bytes of a COCO document, unpacked if the file is gzip.
 *
 * @throws MaskloopError `UnreadableFile`; `InvalidDataset` for damaged gzip, more than 2 GiB of it, and a ZIP archive
 */
export async function documentBytes(path: string, signal?: AbortSignal): Promise<Uint8Array> {
  const bytes = await readFile(path, { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw unreadable(path, error);
  });
  if (beginsWith(bytes, 0x50, 0x4b)) {
    const hint = "name the JSON file in it, in CVAT's exports annotations/instances_default.json";
    throw new MaskloopError('InvalidDataset', `${path} is a ZIP archive: unpack it and ${hint}.`, {
      facts: { file: path, problem: 'ZIP archive' },
    });
  }
  return beginsWith(bytes, 0x1f, 0x8b) ? unpacked(bytes, path) : bytes;
}

async function unpacked(bytes: Uint8Array, path: string): Promise<Uint8Array> {
  try {
    return await promisify(gunzip)(bytes, { maxOutputLength: MAX_BYTES });
  } catch (cause) {
    const reason = reasonOf(cause);
    throw new MaskloopError('InvalidDataset', `${path} cannot be unpacked: ${reason}.`, {
      facts: { file: path, problem: reason },
      cause,
    });
  }
}

function beginsWith(bytes: Uint8Array, ...start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
