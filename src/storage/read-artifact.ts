import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Transform, pipeline, type Readable } from 'node:stream';
import { MaskloopError } from '../contracts/error.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactFile } from './content-address.ts';
import { describeErrno, errnoOf, isAbsent } from './errno.ts';
import { hashBytes } from './file-hash.ts';
import { artifactCorrupt, artifactMissing, toStoreFailure } from './store-failure.ts';

/**
 * What a failed read of an artifact means: `ArtifactMissing` if there is no such file, `UnreadableFile` if a file
 * outside of the store cannot be read, `StoreUnreachable` if one of the store cannot. Other errors come back unchanged.
 */
export function readFailure<E>(error: E, file: ArtifactFile, ref: ArtifactRef): E | MaskloopError {
  const code = errnoOf(error);
  if (code === undefined) return error;
  // Where the store's folder is is nobody's business.
  const where = file.inPlace ? `there is no file ${file.path}` : 'the store has no such file';
  if (isAbsent(error)) return artifactMissing(ref, where, error);
  if (!file.inPlace) return toStoreFailure(error, 'read', file.path);
  return new MaskloopError('UnreadableFile', `Cannot read ${file.path}: ${describeErrno(error)}.`, {
    facts: { path: file.path, code },
    cause: error,
  });
}

/** @throws MaskloopError `ArtifactCorrupt` if the bytes do not have the hash of the reference */
export function verifiedBytes(bytes: Uint8Array, ref: ArtifactRef): Uint8Array {
  const found = hashBytes(bytes);
  if (found !== ref.sha256) throw artifactCorrupt(ref, found);
  return bytes;
}

/**
 * The content of an open file as a stream that owns the handle: it is closed when the stream ends, fails or is destroyed.
 * The stream fails with `ArtifactCorrupt` after its last byte if the hash differs from the reference's.
 */
export function verifiedStream(handle: FileHandle, file: ArtifactFile, ref: ArtifactRef): Readable {
  const hash = createHash('sha256');
  const check = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      const found = hash.digest('hex');
      done(found === ref.sha256 ? null : artifactCorrupt(ref, found));
    },
    destroy(error, done) {
      done(error === null ? null : readFailure(error, file, ref));
    },
  });
  pipeline(handle.createReadStream(), check, () => undefined);
  return check;
}
