import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { IterationStatus } from './iteration.ts';

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

export const statusQuery = defineQuery<IterationStatus>('status');
