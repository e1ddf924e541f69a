import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { IterationStatus } from './iteration.ts';
import type { Reassignment } from './waiting.ts';

/** Who sends a message; recorded in the receipt. */
export interface Sender {
  readonly by: string;
}

/** No new step begins; what runs finishes its unit. */
export const pauseSignal = defineSignal<[Sender]>('pause');
export const resumeSignal = defineSignal<[Sender]>('resume');

/** CVAT should be read now instead of at the next poll. */
export const wakeSignal = defineSignal('wake');

/** Does the step that waits for a decision again. Refused if none waits. */
export const retryUpdate = defineUpdate<void, [Sender]>('retry');

/** Goes on without the step that waits for a decision. Refused if none waits or the step cannot be skipped. */
export const skipUpdate = defineUpdate<void, [Sender]>('skip');

/** Freezes the final annotations now, without the rest of the quiet period. Refused unless that is what is waited for. */
export const sealUpdate = defineUpdate<void, [Sender]>('seal');
/** A new deadline: a time, or so much later than the deadline, or than now where that has passed or there is none. */
export interface Extension {
  /** ISO time; null where `byMs` says it. */
  readonly until: string | null;
  /** Milliseconds; null where `until` says it. */
  readonly byMs: number | null;
}

/** Moves the deadline. Returns the new one, ISO. Refused once people are no longer waited for, or into the past. */
export const extendUpdate = defineUpdate<{ readonly deadline: string }, [Sender & Extension]>('extend');

/** Goes on in spite of what was found, or publishes the new model that waits for a decision. `carry` lists the frames of open jobs. */
export const approveUpdate = defineUpdate<void, [Sender & { readonly carry: boolean }]>('approve');

/** Keeps the model from before: the new one that waits for a decision is not published. Refused unless one does. */
export const declineUpdate = defineUpdate<void, [Sender]>('decline');

/** Gives open jobs of one person to another, in CVAT. Returns their ids. */
export const reassignUpdate = defineUpdate<{ readonly jobs: readonly number[] }, [Sender & Reassignment]>('reassign');

export const statusQuery = defineQuery<IterationStatus>('status');
