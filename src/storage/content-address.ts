import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArtifactRef } from '../contracts/refs.ts';
import { artifactMissing } from './store-failure.ts';

/** Name of the folder that holds artifacts by content. */
export const CONTENT_FOLDER = 'sha256';

const STORE_URI = /^store:sha256\/([0-9a-f]{2})\/(\1[0-9a-f]{62})$/;

/** Where an artifact lies below the store's folder: `sha256/ab/abcd…`. */
export function contentPath(sha256: string): string {
  return join(CONTENT_FOLDER, sha256.slice(0, 2), sha256);
}

/** The reference to bytes in a store. `sha256` is lower-case hex. */
export function contentRef(sha256: string, bytes: number): ArtifactRef {
  return { uri: `store:${CONTENT_FOLDER}/${sha256.slice(0, 2)}/${sha256}`, sha256, bytes };
}

/** The hash in the address of an artifact of a store; null for any other text. */
export function hashInAddress(uri: string): string | null {
  return STORE_URI.exec(uri)?.[2] ?? null;
}

/** A file that a reference points to; `inPlace` if it belongs to somebody else than the store. */
export interface ArtifactFile {
  readonly path: string;
  readonly inPlace: boolean;
}

/**
 * The file of a reference. `store:` addresses never lead out of `folder`.
 *
 * @throws MaskloopError `ArtifactMissing` for an address that is neither `store:sha256/…` nor `file:///…`
 */
export function locateArtifact(folder: string, ref: ArtifactRef): ArtifactFile {
  const sha256 = hashInAddress(ref.uri);
  if (sha256 !== null) return { path: join(folder, contentPath(sha256)), inPlace: false };
  if (!ref.uri.startsWith('file:')) throw artifactMissing(ref, 'its address is not one of a folder store');
  try {
    return { path: fileURLToPath(ref.uri), inPlace: true };
  } catch (error) {
    throw artifactMissing(ref, 'its address names no file of this machine', error);
  }
}
