import { DEFAULT_RULES } from '../../contracts/conversion.ts';
import type { DeadlineOptions } from '../../contracts/deadline.ts';
import type { ConversionInput } from '../../contracts/conversion.ts';
import type { IterationInput } from '../../contracts/iteration.ts';
import type { ForLoop } from '../../contracts/loop-activities.ts';
import { loopTaskName } from '../../contracts/loop-task.ts';
import type { LoopPolicy } from '../../contracts/loop.ts';
import type { FolderRef } from '../../contracts/refs.ts';
import type { SelectionRef } from '../../contracts/selection.ts';
import type { TrainingOptions } from '../../contracts/training.ts';

/** What people begin with: masks, what the published model predicts, or nothing. */
export type Beginning =
  | { readonly kind: 'masks'; readonly masks: FolderRef }
  | { readonly kind: 'predict' }
  | { readonly kind: 'nothing' };

/** What is known when an iteration of a loop is made. */
export interface LoopIteration extends Pick<ForLoop, 'policy' | 'number'> {
  readonly rules: LoopPolicy;
  /** Null where the task is there: it is taken as it is. */
  readonly chosen: { readonly selection: SelectionRef; readonly beginning: Beginning } | null;
  /** Whether the task of held-out frames is sealed. */
  readonly hasHeldOut: boolean;
  readonly now: Date;
}

/** The input of an iteration of a loop. */
export function iterationOfLoop(made: LoopIteration): IterationInput {
  const { rules, number, policy, chosen, now } = made;
  const { iteration, connection, project, categories, notices } = rules;
  const { deadline, completion, training: _, ...common } = iteration;
  const beginning = chosen?.beginning ?? null;
  return {
    ...common,
    conversion: conversionOf(iteration, beginning?.kind === 'predict'),
    connection,
    project,
    task: loopTaskName(rules.taskName, number),
    masks: beginning?.kind === 'masks' ? beginning.masks : null,
    ...(beginning?.kind === 'predict' ? { predict: { model: iteration.training.model } } : {}),
    ...(beginning?.kind === 'nothing' ? { fromScratch: true as const } : {}),
    images: chosen?.selection.images ?? null,
    share: null,
    categories,
    completion: deadline === undefined ? completion : { ...completion, deadline: deadlineOf(deadline, now) },
    training: trainingOfLoop(made),
    loop: { name: rules.name, number, policy, selection: chosen?.selection.list ?? null },
    ...(notices === null ? {} : { notices }),
  };
}

function deadlineOf(deadline: NonNullable<LoopPolicy['iteration']['deadline']>, now: Date): DeadlineOptions {
  return { at: new Date(now.getTime() + deadline.afterMs).toISOString(), ...deadline };
}

/** What values and colours of people's masks mean says nothing of masks that are predicted: these hold categories. */
function conversionOf({ conversion }: LoopPolicy['iteration'], isPredicted: boolean): ConversionInput {
  if (!isPredicted) return conversion;
  return { ...conversion, rules: { ...DEFAULT_RULES, components: conversion.rules.components } };
}

/** Held-out frames are never trained on; the others are measured on them once they are sealed. */
function trainingOfLoop({ rules, number, hasHeldOut }: LoopIteration): TrainingOptions | null {
  const { heldOutTask, taskName, iteration } = rules;
  if (number === 0) return null;
  if (heldOutTask === null || !hasHeldOut) return iteration.training;
  return { ...iteration.training, heldOutFraction: 0, heldOut: { kind: 'task', task: loopTaskName(taskName, 0) } };
}
