import type { PeopleSetting } from '../contracts/comparison.ts';
import type { TrainingWindow } from '../contracts/training.ts';
import type { LoopFile } from '../loop-file/schema/loop-file.ts';
import type { ConversionFlags } from './conversion-flags.ts';
import type { GateFlags } from './gate-flags.ts';
import type { CompleteWhen } from '../notation/completion-rule.ts';
import type { NoticeFlags } from './notice-flags.ts';
import type { PeopleFlags } from './people-flags.ts';

/** The flags of `start` as the parser leaves them. */
export interface StartFlags extends ConversionFlags, PeopleFlags, GateFlags, NoticeFlags {
  readonly connection: string;
  readonly project: string;
  readonly task: string;
  readonly masks?: string;
  /** The model that predicts the masks; true for the one that is trained. */
  readonly predict?: string | true;
  /** Makes the task, and imports nothing. */
  readonly fromScratch?: true;
  /** Observes the task as it is. */
  readonly asIs?: true;
  readonly categories: string;
  readonly images?: string;
  readonly shareFiles?: string;
  readonly suffix: string;
  readonly shardSize: number;
  readonly createProject?: true;
  readonly syncLabels?: true;
  readonly assign?: readonly string[];
  readonly segmentSize?: number;
  readonly completeWhen: CompleteWhen;
  /** Milliseconds. */
  readonly poll: number;
  /** Milliseconds. */
  readonly quiet: number;
  readonly people: PeopleSetting;
  readonly model?: string;
  /** False with `--no-train`. */
  readonly train: boolean;
  readonly maxEpochs?: number;
  readonly trainWindow?: TrainingWindow;
  readonly workerLostAfter: number;
  readonly unreachableAfter: number;
  readonly importStuckAfter: number;
  readonly stalledAfter: number;
  readonly overwrite?: true;
  readonly onlyNewJobs?: true;
  readonly rebuild?: true;
  /** What the file of `--config` says of notices. */
  readonly notices?: NonNullable<LoopFile['notify']>;
  readonly wait?: true;
  readonly again?: true;
  readonly json?: true;
}
