import { defineSignal } from '@temporalio/workflow';
import type { Overlap, ScheduledOutcome } from './schedule.ts';

/** Asks a loop for an iteration; it answers by {@link askedSignal} to the workflow of the id `reply`. */
export const askIterationSignal = defineSignal<[{ readonly reply: string; readonly overlap: Overlap }]>('askIteration');
export const askedSignal = defineSignal<[ScheduledOutcome]>('asked');
