import type { FailureCode } from './failures.ts';
import type { PromotionRef } from './gate.ts';
import type { Choice, ForIteration, StepName, Trouble } from './iteration.ts';
import type { LoopInput } from './loop.ts';
import type { ArtifactRef } from './refs.ts';
import type { EvaluationRef } from './training.ts';

/** What an iteration tells people of; times are ISO. Reminders come from the poll of the jobs, which sees who has what. */
export type Told =
  | {
      readonly kind: 'attention';
      readonly step: StepName | 'done';
      readonly trouble: Trouble;
      readonly choices: readonly Choice[];
    }
  | { readonly kind: 'server-away'; readonly trouble: Trouble; readonly at: string }
  /** The failure that is over. */
  | { readonly kind: 'server-back'; readonly code: FailureCode; readonly at: string }
  | {
      readonly kind: 'training-done';
      readonly promotion: PromotionRef;
      /** Null where the new model was not measured. */
      readonly gate: EvaluationRef['gate'] | null;
    };

/** What a loop tells people of. */
export type LoopTold =
  | { readonly kind: 'loop-stopped'; readonly number: number; readonly why: string; readonly at: string }
  /** It waits for a person; `commands` say how to answer. */
  | { readonly kind: 'attention'; readonly trouble: Trouble; readonly commands: readonly string[] };

/** Notices to people. Their failure is nobody's trouble: a workflow calls them with little time and goes on whatever happens. */
export interface NoticeActivities {
  /** Tells people of what an iteration met, as its `notices` say; once, however often it is called. */
  tell(
    args: ForIteration & {
      readonly what: Told;
      /** Of the task; null before it is known. */ readonly url: string | null;
    },
  ): Promise<void>;
  /** The same for a loop, as its policy says. */
  tellOfLoop(args: { readonly loop: LoopInput; readonly policy: ArtifactRef; readonly what: LoopTold }): Promise<void>;
}
