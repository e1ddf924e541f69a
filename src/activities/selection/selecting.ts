import type { MonaiLabel } from '../../monai/monai.ts';
import type { PoolFrame } from '../../selection/pool-frame.ts';
import type { Running } from '../durable.ts';
import type { Draft, Candidate } from './draft.ts';
import type { FrameView } from './frame-views.ts';
import type { ModelToAsk } from './model-to-ask.ts';
import type { SelectionPolicy } from './policy-document.ts';
import type { Pool } from './pool.ts';
import type { PoolImage, Predictor } from './predictor.ts';

/** A model and how to ask it. */
export interface AskedModel extends ModelToAsk {
  readonly predictor: Predictor;
  /** Change time of the published file, in seconds since 1970; null where the trainer does not say. */
  readonly modifiedAtSeconds: number | null;
}

/** Everything that a strategy works with. */
export interface Selecting extends Pick<Running, 'signal' | 'report'> {
  readonly policy: SelectionPolicy;
  readonly number: number;
  readonly pool: Pool;
  /** Frames of the pool that were not used and whose groups are not held out. */
  readonly eligible: readonly PoolFrame[];
  readonly draft: Draft;
  /** Null where none was ever published. */
  readonly model: AskedModel | null;
  readonly monai: MonaiLabel | null;
  /** True if nothing may be written anywhere. */
  readonly dry: boolean;
  /** Frames that scores and features are computed of; drawn at the first call. */
  candidates(): Promise<readonly Candidate[]>;
  /** Features of the frames that were used before. */
  readonly usedFeatures: readonly Float32Array[];
  /** For people: what could not be done, and what was done instead. */
  readonly note: (words: string) => void;
}

/** A text that the same loop and number always draw by. */
export function seedOf({ policy, number }: Pick<Selecting, 'policy' | 'number'>, what: string, of = number): string {
  return JSON.stringify([policy.selection.seed, policy.name, what, of]);
}

/** The image of a frame that was looked at. */
export function imageOf({ pool }: Pick<Selecting, 'pool'>, name: string, { sha256 }: FrameView): PoolImage {
  return { name, sha256, read: async () => pool.read(name) };
}
