import { isMaskloopError } from '../contracts/error.ts';
import type { FailureCode } from '../contracts/failures.ts';

/** What a command's end means to the shell. */
export const EXIT = {
  done: 0,
  failed: 1,
  /** What was typed or configured has to change. */
  usage: 2,
  /** The iteration waits for a decision. */
  attention: 3,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** Failures that end when something else is typed or configured. */
const USAGE: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'InvalidConfiguration',
  'InvalidLoopFile',
  'LoopFileExists',
  'InvalidName',
  'InvalidValueMap',
  'ConnectionUnknown',
  'IterationNotFound',
  'IterationAmbiguous',
  'IterationDiffers',
  'IterationDone',
  'NothingToDecide',
  'OutputExists',
  'ForeignFolder',
  'EmptyFolder',
  'InvalidFileList',
  'NotSkippable',
  'NotWaiting',
  'NotApprovable',
  'ModelUnknown',
  'NoOpenJobs',
  'DeadlineNotLater',
  'FrameUnknown',
  'FrameAmbiguous',
  'NothingToSimulate',
  'CannotSimulate',
  'TrainerNotFree',
  'LoopNotFound',
  'LoopAmbiguous',
  'LoopDiffers',
  'LoopEnds',
  'NothingAsked',
  'PolicyDiffers',
]);

/** Thrown by commands for flags that do not go together. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The exit code of an error that ended a command. */
export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof UsageError) return EXIT.usage;
  return isMaskloopError(error) && USAGE.has(error.code) ? EXIT.usage : EXIT.failed;
}
