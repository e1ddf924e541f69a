import type { Decision, IterationInput, IterationResults, StepRecord } from './iteration.ts';
import type { Category } from './categories.ts';

/** The record of one finished iteration, kept in the store as `receipts/{id}.json`. */
export interface Receipt {
  readonly schema: 'maskloop.receipt/1';
  readonly id: string;
  readonly workflow: { readonly runId: string; readonly firstRunId: string };
  readonly startedAt: string;
  readonly endedAt: string;
  readonly input: IterationInput;
  readonly categories: readonly Category[];
  readonly results: Omit<IterationResults, 'receipt'>;
  readonly steps: readonly StepRecord[];
  readonly decisions: readonly Decision[];
  readonly versions: { readonly maskloop: string; readonly cvat: string | null };
}
