import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput, TrainingOptions } from '../contracts/iteration.ts';
import type { MonaiLabel } from '../monai/monai.ts';
import type { Connection } from './dependencies.ts';

/** The training options of an iteration that trains. */
export function trainingOf(input: IterationInput): TrainingOptions {
  if (input.training !== null) return input.training;
  throw new MaskloopError('InvalidConfiguration', 'The iteration was started without training.');
}

/** MONAI Label of a connection. */
export function requireMonai({ monai }: Connection, name: string): MonaiLabel {
  if (monai !== null) return monai;
  throw new MaskloopError(
    'InvalidConfiguration',
    `Connection "${name}" has no MONAI Label: the worker needs MONAI_LABEL_URL.`,
    {
      facts: { connection: name },
    },
  );
}
