import type { ConversionRules } from '../contracts/conversion.ts';
import type { TrainingOptions } from '../contracts/training.ts';
import type { ImportScope, IterationInput } from '../contracts/iteration.ts';
import type { HeldOutSource } from '../contracts/gate.ts';
import type { NoticeOptions } from '../contracts/notice.ts';
import type { ArtifactRef, FolderRef, ShareRef } from '../contracts/refs.ts';
import { UsageError } from './exit-codes.ts';
import { gateOptions, givenGateFlags, heldOutSourceOf } from './gate-flags.ts';
import { predictOf } from './mask-source.ts';
import type { StartFlags } from './start-flags.ts';
import { noticesOf } from './notice-flags.ts';
import { deadlineOf, reviewOf } from './people-flags.ts';

/** What the flags point at, once it is read or stored. */
export interface StartFiles {
  /** Null where they are predicted, or the task is observed as it is. */
  readonly masks: FolderRef | null;
  /** Null where there are none to compare with. */
  readonly compareWith: FolderRef | null;
  readonly images: FolderRef | null;
  readonly share: ShareRef | null;
  readonly categories: ArtifactRef;
  readonly rules: ConversionRules;
  /** Null for a share of the frames. */
  readonly heldOut: HeldOutSource | null;
  /** What the file of `--config` says of notices; null for nothing. */
  readonly notices: NoticeOptions | null;
  /** The notice book of the flags; null for none. */
  readonly noticeBook: ArtifactRef | null;
}

/** Where frames come from: not from two places. @throws UsageError */
export function requireOneSource({ images, shareFiles }: StartFlags): void {
  if (images === undefined || shareFiles === undefined) return;
  throw new UsageError('--images and --share-files both say where the frames come from; pass one of them.');
}

/**
 * What is trained, by the flags alone: a source of held-out frames is added once it is read.
 *
 * @throws UsageError for flags that do not go together
 */
export function trainingOf(flags: StartFlags): TrainingOptions | null {
  const { model, train, maxEpochs, trainWindow } = flags;
  if (train && model === undefined) throw new UsageError('Pass --model NAME to train it, or --no-train.');
  heldOutSourceOf(flags);
  if (train && model !== undefined) {
    const window = trainWindow === undefined ? {} : { window: trainWindow };
    return { model, maxEpochs: maxEpochs ?? null, ...window, ...gateOptions(flags, null) };
  }
  const given = {
    '--model': model,
    '--max-epochs': maxEpochs,
    '--train-window': trainWindow,
    ...givenGateFlags(flags),
  };
  for (const [flag, value] of Object.entries(given)) {
    if (value !== undefined) throw new UsageError(`${flag} has no meaning with --no-train.`);
  }
  return null;
}

/**
 * Where pre-annotations go. At most one of the three flags may be given.
 *
 * @throws UsageError
 */
export function importScopeOf({ overwrite, onlyNewJobs, rebuild }: StartFlags): ImportScope {
  const given = { '--overwrite': overwrite, '--only-new-jobs': onlyNewJobs, '--rebuild': rebuild };
  const names = Object.entries(given).flatMap(([name, value]) => (value === true ? [name] : []));
  if (names.length > 1) throw new UsageError(`${names.join(' and ')} exclude each other.`);
  if (rebuild === true) return 'rebuild';
  return onlyNewJobs === true ? 'new-jobs' : 'task';
}

/** What an iteration is started with, from the flags and what they point at. @throws UsageError */
export function startInput(flags: StartFlags, files: StartFiles, now: Date): IterationInput {
  const training = trainingOf(flags);
  const predict = predictOf(flags);
  const deadline = deadlineOf(flags, now);
  const review = reviewOf(flags);
  const notices = noticesOf(flags, files.noticeBook) ?? files.notices;
  return {
    connection: flags.connection,
    project: flags.project,
    task: flags.task,
    masks: files.masks,
    ...(files.compareWith === null ? {} : { compareWith: files.compareWith }),
    ...(predict === null ? {} : { predict }),
    ...(flags.fromScratch === true ? { fromScratch: true as const } : {}),
    images: files.images,
    share: files.share,
    categories: files.categories,
    suffix: flags.suffix,
    conversion: { rules: files.rules, shardSize: flags.shardSize },
    createProject: flags.createProject ?? false,
    syncLabels: flags.syncLabels ?? false,
    people: flags.assign ?? [],
    segmentSize: flags.segmentSize ?? null,
    importScope: importScopeOf(flags),
    overwrite: flags.overwrite ?? false,
    completion: { ...flags.completeWhen, pollMs: flags.poll, ...(deadline === null ? {} : { deadline }) },
    seal: { quietMs: flags.quiet },
    ...(review === null ? {} : { review }),
    tellPeople: flags.people,
    training: training === null ? null : { ...training, ...gateOptions(flags, files.heldOut) },
    timing: {
      heartbeatTimeoutMs: flags.workerLostAfter,
      unreachableAfterMs: flags.unreachableAfter,
      importStuckAfterMs: flags.importStuckAfter,
      stalledAfterMs: flags.stalledAfter,
    },
    ...(notices === null ? {} : { notices }),
  };
}
