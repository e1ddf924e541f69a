import type { MaskBatches } from '../coco/mask-batches.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import type { PostOffice } from '../notify/post-office.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { ArtifactStore } from '../storage/store.ts';

/** One CVAT and what trains beside it; null where none is configured. */
export interface Connection {
  readonly cvat: Cvat;
  readonly monai: MonaiLabel | null;
  readonly trainer: Trainer | null;
}

/** What the activities work with; made by the worker's composition root. */
export interface ActivityDependencies {
  /** @throws MaskloopError `InvalidConfiguration` for a name that is not configured */
  readonly connect: (connection: string) => Connection;
  readonly store: ArtifactStore;
  /** Where masks are converted. */
  readonly masks: MaskBatches;
  /** What our webhooks in CVAT are marked with; null where nothing is known of webhooks. */
  readonly installation: string | null;
  /** Takes what people are told; absent where nobody is told of anything. */
  readonly office?: PostOffice;
  /**
   * Whether an iteration of this id has not ended; absent where nobody can tell, and then all count as running.
   *
   * @throws MaskloopError `TemporalUnreachable`
   */
  readonly isRunning?: (id: string) => Promise<boolean>;
  /** Version of maskloop, for the receipt. */
  readonly version: string;
  /** Commit that the code was built from, for the receipt; null or absent where it is not known. */
  readonly commit?: string | null;
}
