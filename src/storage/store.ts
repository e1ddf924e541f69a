import type { Readable } from 'node:stream';
import type { ArtifactRef } from '../contracts/refs.ts';

/**
 * Where artifacts live. Artifacts are immutable and addressed by content (`store:sha256/ab/abcd…`); a few
 * documents have names (`receipts/SurgVU/Iteration_1.json`) and are replaced atomically.
 *
 * All methods throw MaskloopError `StoreUnreachable`, `ArtifactMissing` or `ArtifactCorrupt`; `UnreadableFile` for a
 * `file://` artifact that may not be read, and `InvalidName` for a name that is not made of `[A-Za-z0-9._~%-]` and `/`.
 */
export interface ArtifactStore {
  /** Address of the store for people and receipts, without secrets. */
  readonly address: string;
  /** Stores bytes under their hash; the same bytes twice are stored once. */
  put(content: Uint8Array | Readable): Promise<ArtifactRef>;
  /** Reads an artifact and checks its hash. Takes `store:` and `file://` addresses. */
  get(ref: ArtifactRef): Promise<Uint8Array>;
  /** Streams an artifact; the stream fails with `ArtifactCorrupt` at its end if the hash differs. */
  open(ref: ArtifactRef): Promise<Readable>;
  /** Length in bytes of the artifact with this hash; null if there is none. Its content is not looked at. */
  sizeOf(sha256: string): Promise<number | null>;
  /** Path of a file on this machine that holds the artifact with this hash; its content is not looked at. */
  localPath(sha256: string): Promise<string>;
  /** Removes the artifact with this hash for good; nothing happens if there is none. Never touches a file in place. */
  remove(sha256: string): Promise<void>;
  /** Writes a named document, whole or not at all. */
  putNamed(name: string, content: Uint8Array): Promise<void>;
  /** Writes a named document, whole or not at all, unless there is one; false if there is, which is left as it is. */
  createNamed(name: string, content: Uint8Array): Promise<boolean>;
  /** Removes a named document; nothing happens if there is none. */
  removeNamed(name: string): Promise<void>;
  /** Reads a named document; null if there is none. */
  getNamed(name: string): Promise<Uint8Array | null>;
  /** Names that begin with `prefix`, sorted. */
  listNamed(prefix: string): Promise<readonly string[]>;
}
