import type { ConversionRules } from '../contracts/conversion.ts';
import type { MoreTime } from '../contracts/deadline.ts';
import type { Floors, HeldOutSource } from '../contracts/gate.ts';
import type { FirstMasks, IterationTemplate, LoopPolicy } from '../contracts/loop.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { PoolSource, SelectionOptions } from '../contracts/selection.ts';
import type { ReviewOptions } from '../contracts/waiting.ts';
import { noticeOptions } from './notice-options.ts';
import { defaultCandidates } from './schema/batch.ts';
import type { LoopFile } from './schema/loop-file.ts';
import { stopRules } from './stop-rules.ts';

/** What a file of a loop names, once it is read or stored. */
export interface LoopRefs {
  readonly categories: ArtifactRef;
  readonly rules: ConversionRules;
  readonly pool: PoolSource;
  readonly firstMasks: FirstMasks;
  /** Null where the file says a share, or a task of its own. */
  readonly heldOut: HeldOutSource | null;
  /** Null where nobody has an address and no text is replaced. */
  readonly book: ArtifactRef | null;
}

/** Share of the frames of each iteration that is held out where a file says nothing. */
export const DEFAULT_HELD_OUT = 0.2;

/** What a loop does, by its file and what that names. */
export function loopPolicy(file: LoopFile, refs: LoopRefs): LoopPolicy {
  const { heldOutFrames } = file.training;
  return {
    schema: 'maskloop.loop/1',
    name: file.name,
    connection: file.connection,
    project: file.project,
    taskName: file.taskName,
    categories: refs.categories,
    pool: refs.pool,
    batchSize: file.batch.size,
    selection: selectionOf(file),
    firstMasks: refs.firstMasks,
    iteration: template(file, refs),
    heldOutTask: heldOutFrames === undefined ? null : { frames: heldOutFrames },
    stop: stopRules(file.stop),
    pace: file.pace,
    minNewFrames: file.batch.minNewFrames,
    existingTasks: file.existingTasks,
    notices: file.notify === undefined ? null : noticeOptions(file.notify, refs.book),
  };
}

/** Least Dice as the file says it: one number for every class, or numbers by class with `all` for the others. */
export function floorsOf(given: LoopFile['training']['gateFloor']): Floors {
  if (given === undefined) return { all: null, classes: {} };
  if (typeof given === 'number') return { all: given, classes: {} };
  const { all = null, ...classes } = given;
  return { all, classes };
}

/** Who looks at which jobs again; null for nobody. */
export function reviewOf({ review, reviewShare, reviewMostChanged }: LoopFile['cvat']): ReviewOptions | null {
  if (review === undefined) return null;
  if (reviewShare !== undefined) return { reviewers: review, pick: { kind: 'share', share: reviewShare } };
  if (reviewMostChanged === undefined) return { reviewers: review, pick: { kind: 'all' } };
  return { reviewers: review, pick: { kind: 'mostChanged', jobs: reviewMostChanged } };
}

/** How the deadline is moved by itself; null where it is not. */
function moreTimeOf({ extendBy, extendTimes, reassignTo, atLastDeadline }: LoopFile['cvat']): MoreTime | null {
  if (extendBy === undefined) return null;
  return { byMs: extendBy, times: extendTimes ?? 1, people: reassignTo ?? [], last: atLastDeadline ?? 'attention' };
}

function selectionOf({ name, batch }: LoopFile): SelectionOptions {
  const { size, strategy, seed, uncertainty, candidates, thinning } = batch;
  return {
    mixture: strategy,
    seed: seed ?? name,
    uncertainty,
    candidates: candidates ?? defaultCandidates(size),
    thinning,
  };
}

function template(file: LoopFile, { rules, heldOut }: LoopRefs): IterationTemplate {
  const { masks, cvat, patience } = file;
  const review = reviewOf(cvat);
  const { deadline: afterMs, atDeadline } = cvat;
  const more = moreTimeOf(cvat);
  return {
    suffix: masks.suffix,
    conversion: { rules, shardSize: masks.shardSize },
    createProject: cvat.createProject,
    syncLabels: cvat.syncLabels,
    people: cvat.assign,
    segmentSize: cvat.segmentSize ?? null,
    completion: { ...cvat.completeWhen, pollMs: cvat.poll },
    ...(afterMs === undefined
      ? {}
      : { deadline: { afterMs, policy: atDeadline ?? 'attention', ...(more === null ? {} : { more }) } }),
    seal: { quietMs: cvat.quiet },
    ...(review === null ? {} : { review }),
    tellPeople: cvat.people,
    training: trainingOf(file, heldOut),
    timing: {
      heartbeatTimeoutMs: patience.workerLostAfter,
      unreachableAfterMs: patience.unreachableAfter,
      importStuckAfterMs: patience.importStuckAfter,
      stalledAfterMs: patience.stalledAfter,
    },
  };
}

/** A held-out task of the loop's own is not named: until it is sealed, a share of each iteration is held out. */
function trainingOf({ group, training }: LoopFile, heldOut: HeldOutSource | null): IterationTemplate['training'] {
  const { model, maxEpochs, trainWindow, gate, gateFloor, heldOut: given } = training;
  const share = typeof given === 'number' ? given : DEFAULT_HELD_OUT;
  return {
    model,
    maxEpochs: maxEpochs ?? null,
    heldOutFraction: heldOut === null ? share : 0,
    ...(trainWindow === undefined ? {} : { window: trainWindow }),
    ...(heldOut === null ? {} : { heldOut }),
    ...(group === undefined ? {} : { group }),
    ...(gate === undefined && gateFloor === undefined
      ? {}
      : { gate: { policy: gate ?? 'if-better', floors: floorsOf(gateFloor) } }),
  };
}
