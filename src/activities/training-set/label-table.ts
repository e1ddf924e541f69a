import { MaskloopError } from '../../contracts/error.ts';
import type { TrainingOrigin } from '../../contracts/training-set.ts';

/** A class whose number in a model is not the one that labels of an iteration were written with. */
export interface ChangedClass {
  readonly name: string;
  readonly iteration: string;
  readonly model: string;
  readonly before: number;
  /** Null if the model no longer has it. */
  readonly now: number | null;
}

/**
 * Classes that the model to be trained numbers in another way than the models that the labels in the training set were
 * written for. All labels of a trainer are trained on, whatever model they were made for.
 *
 * @param labels label index by class name, of the model to be trained
 */
export function changedClasses(
  origins: Readonly<Record<string, TrainingOrigin>>,
  labels: Readonly<Record<string, number>>,
): readonly ChangedClass[] {
  return Object.entries(origins).flatMap(([iteration, { model, indexOf }]) =>
    Object.entries(indexOf)
      .filter(([name, index]) => labels[name] !== index)
      .map(([name, index]) => ({ name, iteration, model, before: index, now: labels[name] ?? null })),
  );
}

/** `LabelTableChanged` with every changed class; where the model has all of them, the change may be approved. */
export function labelTableChanged(
  model: string,
  changed: readonly ChangedClass[],
  digest: string | null,
): MaskloopError {
  const [first] = changed;
  const example = first === undefined ? '' : `: "${first.name}" was ${first.before}, and is ${first.now ?? 'gone'}`;
  const iterations = new Set(changed.map(({ iteration }) => iteration));
  return new MaskloopError(
    'LabelTableChanged',
    `Model "${model}" numbers its classes in another way than the labels of ${iterations.size} earlier iterations${example}.`,
    {
      facts: {
        model,
        classes: changed
          .slice(0, 20)
          .map(({ name, iteration, before, now }) => `${name}: ${before} in ${iteration}, now ${now ?? 'gone'}`),
        ...(digest === null ? {} : { approves: digest }),
      },
    },
  );
}
