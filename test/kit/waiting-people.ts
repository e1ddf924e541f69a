import type { TestTemporal } from './temporal/test-temporal.ts';
import { failureFrom } from '../../src/activities/to-failure.ts';
import type { IterationActivities, ReceiptFacts } from '../../src/contracts/activities.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { WaitTerms } from '../../src/contracts/waiting.ts';
import { ARTIFACT } from './fake-activities.ts';

export const POLL_MS = 6 * 3_600_000;

export interface People {
  /** Fails as the real poll does, by the time of the test server. */
  readonly checkCompletion: IterationActivities['checkCompletion'];
  /** What each try was told. */
  readonly terms: readonly WaitTerms[];
}

/** People who are done after some days, or have done half of it until then. */
export function people({ env }: TestTemporal, finishedAt: () => number): People {
  const terms: WaitTerms[] = [];
  return {
    terms,
    checkCompletion: async ({ terms: given }) => {
      if (given === undefined) throw new Error('the poll was told no terms');
      terms.push(given);
      const now = await env.currentTimeMs();
      const completedAt = new Date(now).toISOString();
      if (now >= finishedAt()) return { jobs: 2, completedAt };
      const { sharingDueAt } = given;
      if (sharingDueAt !== undefined && now >= Date.parse(sharingDueAt)) {
        throw failureFrom(new MaskloopError('SharingDue', 'jobs are to be shared out'), true);
      }
      const isOverdue = given.deadline !== null && now >= Date.parse(given.deadline);
      if (isOverdue && given.policy !== 'wait') {
        if (given.policy !== 'attention') return { jobs: 2, completedAt, why: 'deadline', unfinished: [[2, 2]] };
        const facts = { completedFrames: 2, frames: 4 };
        throw failureFrom(new MaskloopError('DeadlinePassed', 'The deadline has passed', { facts }));
      }
      const left = given.deadline === null || isOverdue ? POLL_MS : Date.parse(given.deadline) - now;
      const retryAfterMs = Math.min(POLL_MS, Math.max(1000, left));
      throw failureFrom(new MaskloopError('AnnotationPending', '1 of 2 jobs', { retryAfterMs }));
    },
  };
}

/** A time so many days later, by the clock of the test server. */
export async function inDays({ env }: TestTemporal, days: number): Promise<string> {
  return new Date((await env.currentTimeMs()) + days * 86_400_000).toISOString();
}

/** An activity that keeps what receipts are made of. */
export function receipts() {
  const written: ReceiptFacts[] = [];
  return {
    written,
    recordReceipt: async (facts: ReceiptFacts) => {
      written.push(facts);
      return { receipt: ARTIFACT };
    },
  };
}
