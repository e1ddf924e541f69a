import { MaskloopError } from '../contracts/error.ts';
import type { TrainingOptions } from '../contracts/training.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { Trainer } from '../trainer/trainer.ts';
import type { Connection } from './dependencies.ts';

/** The training options of an iteration that trains. */
export function trainingOf(input: IterationInput): TrainingOptions {
  if (input.training !== null) return input.training;
  throw new MaskloopError('InvalidConfiguration', 'The iteration was started without training.');
}

/** What a connection trains with. */
export function requireTrainer({ trainer }: Connection, name: string): Trainer {
  if (trainer !== null) return trainer;
  throw new MaskloopError(
    'InvalidConfiguration',
    `Connection "${name}" has nothing to train with: the worker needs MONAI_LABEL_URL or MASKLOOP_TRAINER.`,
    {
      facts: { connection: name },
    },
  );
}
