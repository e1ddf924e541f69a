import {
  type Decision,
  type IterationResults,
  type IterationState,
  type StepName,
  type StepRecord,
  type WaitingFor,
} from '../contracts/iteration.ts';
import type { PromotionRef } from '../contracts/gate.ts';
import type { PlanRef } from '../contracts/conversion-plan.ts';
import type { DatasetRef } from '../contracts/refs.ts';
import type { StepFailure } from './failure-of.ts';
import { isOverdue } from './wait-state.ts';

/** The state travels through Temporal, in less than 16 kB. */
const MAX_DECISIONS = 50;

/** State at the very beginning, with the first step. `now` is an ISO time. */
export function openState(now: string, step: StepName = 'convert'): IterationState {
  return {
    step,
    since: now,
    stepStartedAt: now,
    waitingFor: 'machine',
    paused: false,
    trouble: null,
    startedAt: now,
    steps: [],
    results: {},
    conversion: null,
    decisions: [],
  };
}

/** True if a step was done or skipped. */
export function isSettled(state: IterationState, step: StepName): boolean {
  return state.steps.some((record) => record.step === step);
}

/** Moves on to a step; the clock starts anew unless the iteration is already there. */
export function enter(state: IterationState, step: StepName, now: string): IterationState {
  if (state.step === step) return state;
  return { ...state, step, since: now, stepStartedAt: now, waitingFor: 'machine', trouble: null };
}

/** Says what is waited for; `since` moves only if that is something new. A trouble is over unless it is a server's. */
export function waitFor(state: IterationState, waitingFor: WaitingFor, now: string): IterationState {
  if (state.waitingFor === waitingFor) return state;
  const trouble = waitingFor === 'server' ? state.trouble : null;
  return { ...state, waitingFor, trouble, since: now };
}

/**
 * A try of a step begins: it waits for people or a machine. After an outage it goes on waiting for the server until
 * something of the step has worked, so that an outage is shown from its beginning to its end.
 */
export function beginTry(state: IterationState, now: string): IterationState {
  if (state.waitingFor === 'server' || isOverdue(state)) return state;
  return waitFor(state, state.step === 'wait' ? 'people' : 'machine', now);
}

/**
 * Something of the step has worked. Where it is not known what had failed for a server that is away, none is away any more;
 * else `worked` tells.
 */
function goesOn(state: IterationState, now: string): IterationState {
  if (state.waitingFor !== 'server' || state.away !== undefined) return state;
  return waitFor(state, state.step === 'wait' ? 'people' : 'machine', now);
}

/** A failure as it was met by runs that began before outages were followed from their beginning to their end. */
export function meetTroubleAnew(state: IterationState, failure: StepFailure, now: string): IterationState {
  const { code, message, action, facts } = failure;
  const waitingFor = failure.handling === 'attention' || failure.handling === 'refused' ? 'decision' : 'server';
  const isSame = waitingFor === 'server' && state.waitingFor === 'server' && state.trouble?.code === code;
  const since = isSame ? (state.trouble?.since ?? now) : now;
  return { ...state, waitingFor, trouble: { code, message, action, facts, since }, since };
}

/** Closes a step. */
export function settle(
  state: IterationState,
  step: StepName,
  outcome: StepRecord['outcome'],
  now: string,
): IterationState {
  const record = { step, outcome, startedAt: state.stepStartedAt, endedAt: now };
  const { away: _, ...rest } = state;
  return { ...rest, steps: [...state.steps, record], trouble: null };
}

/** Opens a step again that was settled, to do it once more. */
export function reopen(state: IterationState, step: StepName): IterationState {
  return { ...state, steps: state.steps.filter((record) => record.step !== step) };
}

/** Keeps what a step left behind. */
export function keep(state: IterationState, results: IterationResults, now: string): IterationState {
  return goesOn({ ...state, results: { ...state.results, ...results } }, now);
}

/** Forgets the model of a training that another one follows. */
export function forgetModel(state: IterationState): IterationState {
  const { model: _, trainingSetAfter: __, ...results } = state.results;
  return { ...state, results };
}

/** Forgets an earlier training that has been seen ended, and its model, which was put back: `meanwhile` says what is published. */
export function forgetEarlierTry(state: IterationState, meanwhile: PromotionRef | null): IterationState {
  const { trainingAsked: _, ...rest } = forgetModel(state);
  return meanwhile === null ? rest : { ...rest, meanwhile };
}

/** The training with this number is asked for; what is published may be its own from now on. */
export function askTraining(state: IterationState, trainingAsked: number): IterationState {
  const { meanwhile: _, ...rest } = state;
  return { ...rest, trainingAsked };
}

/** Begins a conversion; no shard is finished. */
export function planned(state: IterationState, plan: PlanRef, now: string): IterationState {
  return goesOn({ ...state, conversion: { plan, finished: [], masks: 0 } }, now);
}

/** Notes that a shard with so many masks is in the store. */
export function shardFinished(state: IterationState, index: number, masks: number, now: string): IterationState {
  const { conversion } = state;
  if (conversion === null) return state;
  const finished = [...conversion.finished, index];
  return goesOn({ ...state, conversion: { ...conversion, finished, masks: conversion.masks + masks } }, now);
}

/** Forgets how far the conversion was. */
function unplanned(state: IterationState): IterationState {
  return { ...state, conversion: null };
}

/** Forgets how far the conversion was, and what was predicted: the store no longer holds what was made. */
export function forgetMasks(state: IterationState): IterationState {
  const { predictions: _, ...results } = state.results;
  return unplanned({ ...state, results });
}

/** Keeps the dataset; what it was made of is no longer of interest. */
export function assembled(state: IterationState, dataset: DatasetRef, now: string): IterationState {
  return keep(unplanned(state), { dataset }, now);
}

/** The task has to be guarded anew before the next import; what may be overwritten stays what was agreed to at first. */
export function forgetGuard(state: IterationState): IterationState {
  const { guard, ...results } = state.results;
  return { ...state, results, agreed: guard?.content ?? state.agreed ?? null };
}

/** The training has given way to another one: it has to be started again. */
export function forgetTraining(state: IterationState): IterationState {
  const { training: _, ...results } = state.results;
  const { trainingAsked: __, ...rest } = state;
  return { ...rest, results };
}

/** The next task has to be guarded and imported into: what is known is of another one. */
export function forgetImport(state: IterationState): IterationState {
  const { imported: _, ...results } = state.results;
  return forgetGuard({ ...state, results });
}

/** What may be forgotten when there is too much of it. */
const FORGETTABLE: readonly Decision['what'][] = ['pause', 'resume', 'extend', 'reassign'];

/** Drops the oldest pauses and their like beyond the limit; what was decided about a failure is always kept. */
function withinBounds(decisions: readonly Decision[]): readonly Decision[] {
  if (decisions.length <= MAX_DECISIONS) return decisions;
  const oldest = decisions.findIndex(({ what }) => FORGETTABLE.includes(what));
  return oldest < 0 ? decisions : decisions.toSpliced(oldest, 1);
}

/** Records a decision; a pause or resume that changes nothing is none. `detail` says what was asked for. */
export function decide(
  state: IterationState,
  what: Decision['what'],
  by: string,
  now: string,
  detail?: string,
): IterationState {
  const paused = what === 'pause' ? true : what === 'resume' ? false : state.paused;
  if ((what === 'pause' || what === 'resume') && paused === state.paused) return state;
  if (state.step === 'done') return state;
  const about = state.trouble?.code ?? null;
  const decision: Decision = {
    what,
    step: state.step,
    by,
    at: now,
    about,
    ...(detail === undefined ? {} : { detail }),
  };
  return { ...state, paused, decisions: withinBounds([...state.decisions, decision]) };
}

/** The iteration's turn to train has come, from the workflow with the id `turns`. */
export function giveTurn(state: IterationState, turns: string): IterationState {
  const { meanwhile: _, ...rest } = state;
  return { ...rest, turn: { turns, hasTurn: true } };
}

/** The iteration wants no turn any more. */
export function withoutTurn(state: IterationState): IterationState {
  const { turn: _, ...rest } = state;
  return rest;
}
