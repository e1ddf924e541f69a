import type { Mask } from '../coco/mask.ts';

/** Labels that exist, by the paths of their frames without extensions. */
export interface LabelSource {
  readonly stems: ReadonlySet<string>;
  /** The label of a frame in category ids. @throws MaskloopError for a mask that cannot be read, naming it */
  read(stem: string): Promise<Mask>;
}
