import { DEFAULT_RULES } from '../contracts/conversion.ts';
import type { GateOptions } from '../contracts/gate.ts';
import type { FirstMasks, IterationTemplate, LoopPolicy } from '../contracts/loop.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { SimulatedRun } from './variant.ts';

/** What every loop of a simulation works on. Masks hold category ids, whatever they were read from. */
export interface SimulatedFrames {
  readonly pool: FolderRef;
  readonly heldOut: { readonly images: FolderRef; readonly masks: FolderRef };
  readonly firstMasks: FirstMasks;
}

/** The same, and what is there when a loop begins. */
export interface SimulationStart extends SimulatedFrames {
  /** False for a trainer that begins every loop anew: nothing can be predicted at first. */
  readonly hasModel: boolean;
}

/** The shortest time between two reads of CVAT that a policy may name. */
const SHORTEST_POLL_MS = 1000;

/**
 * The policy of a simulated loop: as it was given, with another choice of frames, and without what only people need. It ends
 * after so many iterations, or with its pool.
 */
export function simulatedPolicy(
  given: LoopPolicy,
  { key, variant, seed }: SimulatedRun,
  { pool, heldOut, firstMasks, hasModel }: SimulationStart,
  iterations: number,
): LoopPolicy {
  const { mixture, batchSize } = variant;
  const candidates = Math.max(given.selection.candidates, batchSize);
  return {
    ...given,
    // One name for all: the seed alone tells the loops of a variant from each other.
    name: 'simulation',
    connection: key,
    // All share one CVAT.
    project: key,
    pool: { kind: 'files', images: pool },
    batchSize,
    selection: { ...given.selection, mixture, candidates, seed: `${given.selection.seed} ${seed}` },
    firstMasks: firstMasks.kind === 'predict' && !hasModel ? { kind: 'none' } : firstMasks,
    iteration: templateOf(given.iteration, heldOut),
    heldOutTask: null,
    stop: [{ rule: 'budget', frames: null, iterations, days: null, action: 'stop' }],
    pace: 'continuous',
    minNewFrames: 1,
    existingTasks: 'skip',
    notices: null,
  };
}

function templateOf(given: IterationTemplate, heldOut: SimulatedFrames['heldOut']): IterationTemplate {
  const { deadline: _, review: __, conversion, training, ...kept } = given;
  const { window: ___, gate, ...trained } = training;
  return {
    ...kept,
    conversion: { ...conversion, rules: { ...DEFAULT_RULES, components: conversion.rules.components } },
    createProject: true,
    syncLabels: false,
    people: [],
    completion: { rule: 'state', pollMs: SHORTEST_POLL_MS },
    seal: { quietMs: 0 },
    tellPeople: 'none',
    training: {
      ...trained,
      heldOutFraction: 0,
      heldOut: { kind: 'folder', ...heldOut },
      ...(gate === undefined ? {} : { gate: unasked(gate) }),
    },
  };
}

/** Nobody is there to ask. */
function unasked(gate: GateOptions): GateOptions {
  return gate.policy === 'ask' ? { ...gate, policy: 'if-better' } : gate;
}
