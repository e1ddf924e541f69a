import {
  SKIPPABLE_STEPS,
  type IterationInput,
  type IterationState,
  type IterationStatus,
} from '../contracts/iteration.ts';
import { unaskedSteps } from '../contracts/unasked-steps.ts';
import { asksAboutModel } from './gate-state.ts';
import { isApprovableSet } from './set-decisions.ts';
import { isSettled } from './state.ts';
import { deadlineNow } from './deadline-now.ts';
import { waitChoices } from './wait-state.ts';

/** What a person may answer now. */
export function choicesOf(state: IterationState): IterationStatus['choices'] {
  const { step, waitingFor } = state;
  if (step === 'done') return [];
  if (state.cancelled === true) return waitingFor === 'server' ? ['retry'] : [];
  if (waitingFor === 'server') return ['retry', 'cancel'];
  if (waitingFor === 'window') return ['retry', 'cancel'];
  if (waitingFor !== 'decision') return [];
  if (step === 'wait') return waitChoices(state);
  if (asksAboutModel(state)) return ['approve', 'decline', 'cancel'];
  const approvable: IterationStatus['choices'] = isApprovableSet(state) ? ['approve'] : [];
  return SKIPPABLE_STEPS.includes(step) ? ['retry', ...approvable, 'skip', 'cancel'] : ['retry', 'cancel'];
}

function convertedOf({ step, conversion }: IterationState): IterationStatus['converted'] {
  if (step !== 'convert' || conversion === null) return null;
  return { done: conversion.masks, total: conversion.plan.masks };
}

/** The answer of the status query. */
export function statusOf(id: string, input: IterationInput, state: IterationState): IterationStatus {
  return {
    id,
    project: input.project,
    task: input.task,
    connection: input.connection,
    step: state.step,
    since: state.since,
    waitingFor: state.waitingFor,
    paused: state.paused,
    ...(state.cancelled === undefined ? {} : { cancelled: state.cancelled }),
    trouble: state.trouble,
    choices: choicesOf(state),
    steps: state.steps,
    unasked: unaskedSteps(input),
    results: state.results,
    converted: convertedOf(state),
    deadline: isSettled(state, 'wait') ? null : deadlineNow(input, state),
    turn: state.turn ?? null,
    opensAt: state.waitingFor === 'window' ? (state.opensAt ?? null) : null,
    startedAt: state.startedAt,
  };
}
