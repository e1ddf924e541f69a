import type { ArtifactRef } from '../contracts/refs.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** The documents and small artifacts that a dataset is made of. */
export type DatasetDocuments = Pick<ArtifactStore, 'get' | 'getNamed' | 'listNamed'>;

/** Where a dataset comes from: a store, or a server that has one. All methods throw what the store throws, and what the way to it meets. */
export interface DatasetSource extends DatasetDocuments {
  /** Of these hashes, those of artifacts that are there; their contents are not looked at. */
  held(sha256: readonly string[]): Promise<ReadonlySet<string>>;
  /** Writes an artifact into a new file, and checks its hash. */
  save(ref: ArtifactRef, path: string): Promise<void>;
  /** How many frames are written at once. */
  readonly atOnce: number;
  /**
   * True where iterations are started on this machine, so that a folder that one was started with is the one of that name here. Otherwise it
   * has to hold the same.
   */
  readonly isHere: boolean;
}
