import type { MonaiLabel } from '../../monai/monai.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Running } from '../durable.ts';

/** The images that a loop may choose from. */
export interface PoolImages {
  /** Unique, in any order. */
  readonly names: readonly string[];
  /** SHA-256 where it is known without reading; null where it is not. */
  hashOf(name: string): string | null;
  read(name: string): Promise<Uint8Array>;
  /** Id of the image in MONAI Label's datastore; null for images that are elsewhere. */
  imageIdOf(name: string): string | null;
}

/** What a pool is opened with. */
export interface PoolPlace extends Pick<Running, 'signal' | 'report'> {
  readonly store: ArtifactStore;
  /** Null where the connection has none. */
  readonly monai: MonaiLabel | null;
}
