import type { LoopPolicy } from '../contracts/loop.ts';
import type { CurvePoint } from './curve.ts';
import type { FinishedRuns } from './finished-runs.ts';
import type { SimulatedRun } from './variant.ts';

/** What is simulated. */
export interface SimulationRequest {
  /** By the file of the loop; what it names is read where it lies. */
  readonly policy: LoopPolicy;
  /** A folder of masks; null for what the team has sealed. */
  readonly labels: string | null;
  readonly runs: readonly SimulatedRun[];
  readonly iterations: number;
  /** Loops that run at the same time, where the trainer can. */
  readonly atOnce: number;
  /** Loops that were simulated before are not run again. */
  readonly finished: FinishedRuns;
  readonly signal: AbortSignal;
  readonly onStage: (words: string) => void;
  readonly onFrames: (progress: { readonly done: number; readonly total: number }) => void;
  /** A loop begins its iteration of a number. */
  readonly onIteration: (run: SimulatedRun, number: number) => void;
  /** A loop was simulated before, with so many iterations. */
  readonly onKnown: (run: SimulatedRun, iterations: number) => void;
  /** A loop has ended; all points so far. */
  readonly onPoints: (points: readonly CurvePoint[]) => Promise<void>;
}

export interface Simulation {
  readonly frames: { readonly pool: number; readonly heldOut: number };
  readonly points: readonly CurvePoint[];
}
