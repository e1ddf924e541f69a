import type { TrainedOn } from '../../../src/sandbox/monai/world.ts';
import type { MonaiServer } from './monai-desk.ts';

/**
 * How a server is restarted: it is told to end, or killed; then processes that train live on. Or everything that it has
 * started is killed with it, as in a power cut. The new one answers before the promise is kept.
 */
export type Restart = (how: RestartWay) => Promise<void>;
export type RestartWay = 'TERM' | 'KILL' | 'KILL-ALL';

/** A MONAI Label that iterations train on. */
export interface FineTuneServer extends MonaiServer {
  /** Null where it cannot be restarted. */
  readonly restart: Restart | null;
  /** What its trainings have really read, where that can be seen. */
  readonly trainedOn?: () => readonly TrainedOn[];
}

/** Numbers that depend on how fast a server is. */
export interface FineTunePace {
  readonly writeGapMs?: number;
  readonly lookMs: number;
  readonly publishedAfterMs: number;
  /** Frames of an iteration, a multiple of 4. */
  readonly frames: number;
  /** Enough epochs to learn the pictures, and so many that a training outlives a restart. */
  readonly epochs: number;
  readonly manyEpochs: number;
  readonly stalledAfterMs: number;
}
