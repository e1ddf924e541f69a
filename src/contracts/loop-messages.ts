import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { LoopAnswer, LoopStatus } from './loop.ts';
import type { Sender } from './messages.ts';
import type { ArtifactRef } from './refs.ts';

export const loopStatusQuery = defineQuery<LoopStatus>('loopStatus');

/** No new iteration begins; the one that runs goes on. */
export const pauseLoopSignal = defineSignal<[Sender]>('pauseLoop');
export const resumeLoopSignal = defineSignal<[Sender]>('resumeLoop');

/** The iteration that runs is the last one. Refused if the loop has ended. */
export const stopLoopUpdate = defineUpdate<void, [Sender & { readonly note: string }]>('stopLoop');

/** Another policy from the next iteration on. Refused where it is of another loop, project or connection. */
export const editLoopUpdate = defineUpdate<
  { readonly from: number; readonly changes: string },
  [Sender & { readonly policy: ArtifactRef }]
>('editLoop');

/** What becomes of an iteration that has failed or was cancelled, or of a proposal to stop. Refused if nothing is asked. */
export const answerLoopUpdate = defineUpdate<void, [Sender & { readonly answer: LoopAnswer }]>('answerLoop');

/** An iteration is wanted now. Returns what becomes of the wish. */
export const beginUpdate = defineUpdate<
  { readonly outcome: 'begins' | 'waits' | 'skipped'; readonly why: string },
  [Sender & { readonly overlap: 'skip' | 'buffer' }]
>('begin');
