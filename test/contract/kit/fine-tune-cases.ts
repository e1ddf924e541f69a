import type { FineTuneDesk } from './fine-tune-desk.ts';
import type { RestartWay } from './fine-tune-server.ts';

/** What is known of a server before it is opened. */
export interface FineTuneTraits {
  /** Ways in which it can be ended amid a training; empty for none. */
  readonly restarts: readonly RestartWay[];
}

/** Registers cases, each of which opens a desk of its own; what cannot be tried is reported as not run. */
export type FineTuneCases = (open: () => Promise<FineTuneDesk>, traits: FineTuneTraits) => void;
