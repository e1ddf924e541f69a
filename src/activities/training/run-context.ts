import type { ForIteration } from '../../contracts/iteration.ts';
import type { OwnTraining } from '../../contracts/training-activities.ts';
import type { ArtifactStore } from '../../storage/store.ts';
import type { Trainer } from '../../trainer/trainer.ts';
import type { ActivityDependencies } from '../dependencies.ts';
import type { Running } from '../durable.ts';
import { runName } from '../run-name.ts';
import { requireTrainer, trainingOf } from '../training-of.ts';

/** One training of an iteration, and what it is done with. */
export interface RunContext {
  readonly id: string;
  readonly runName: string;
  readonly model: string;
  readonly maxEpochs: number | null;
  readonly connection: string;
  /** Checksum of the model that a start has to go on from, null for none; any if absent. */
  readonly before?: string | null | undefined;
  /** Looks whether what is to be trained on is still as it was; called before each request. */
  readonly beforeRequest?: () => Promise<void>;
  readonly trainer: Trainer;
  readonly store: ArtifactStore;
  readonly running: Running;
}

/** @throws MaskloopError `InvalidConfiguration` where the iteration or the connection does not train */
export function runContext(
  { connect, store }: Pick<ActivityDependencies, 'connect' | 'store'>,
  { id, input, ...own }: ForIteration & OwnTraining,
  running: Running,
): RunContext {
  const { model, maxEpochs } = trainingOf(input);
  const trainer = requireTrainer(connect(input.connection), input.connection);
  const { connection } = input;
  return { id, runName: runName(id, own), model, maxEpochs, connection, trainer, store, running };
}
