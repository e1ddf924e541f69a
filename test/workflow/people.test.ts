import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import type { FailureCode } from '../../src/contracts/failures.ts';
import { approveUpdate, extendUpdate, reassignUpdate, statusQuery } from '../../src/contracts/messages.ts';
import type { ReviewRecord } from '../../src/contracts/waiting.ts';
import { failing } from '../kit/failing.ts';
import { fakeActivities, SEAL } from '../kit/fake-activities.ts';
import { inDays, people, POLL_MS, receipts } from '../kit/waiting-people.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

const MOST_EVENTS = 500;
const DAY = 86_400_000;
const BY = { by: 'lead' };

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());

async function refusalOf(sending: Promise<unknown>): Promise<unknown> {
  return sending.then(
    () => 'accepted',
    (error: { cause?: { type?: string } }) => error.cause?.type,
  );
}

describe('a finding that stops the wait', () => {
  it.each<FailureCode>(['TaskEmptied', 'LabelsChanged'])(
    'such as %s goes on once somebody approves',
    async (code) => {
      const fake = fakeActivities({
        checkCompletion: async ({ terms }) => {
          if (terms?.approved.includes(code) !== true) await failing(code)();
          return { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };
        },
      });
      await withRig(temporal, { activities: fake.activities }, async (rig) => {
        const handle = await startIteration(rig);
        const asked = await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
        expect(asked.choices).toEqual(['retry', 'approve', 'cancel']);
        await handle.executeUpdate(approveUpdate, { args: [{ ...BY, carry: false }] });
        await handle.result();
      });
      expect(fake.count('checkCompletion')).toBe(2);
    },
    30_000,
  );
});

describe('messages about people', () => {
  it('give jobs to others while the poll goes on, and are recorded', async () => {
    const end = await inDays(temporal, 1);
    const work = people(temporal, () => Date.parse(end));
    const { recordReceipt, written } = receipts();
    const fake = fakeActivities({
      checkCompletion: work.checkCompletion,
      reassignJobs: async () => ({ jobs: [4, 5] }),
      recordReceipt,
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS } });
      await untilStatus(handle, ({ step }) => step === 'wait', sleep);
      const answer = await handle.executeUpdate(reassignUpdate, {
        args: [{ ...BY, from: 'ana', to: 'ben', job: null }],
      });
      expect(answer).toEqual({ jobs: [4, 5] });
      await handle.result();
    });
    expect(written[0]?.decisions).toMatchObject([{ what: 'reassign', by: 'lead', detail: 'ana to ben: jobs 4, 5' }]);
  }, 240_000);
});

describe('a review', () => {
  const ROUNDS = 40;

  it('of forty hand-overs is a chain of short runs that remembers whose the jobs were', async () => {
    let rounds = 0;
    const known: (ReviewRecord | null)[] = [];
    const fake = fakeActivities({
      checkCompletion: async () => {
        if (rounds >= ROUNDS) return { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };
        throw failureFrom(new MaskloopError('HandOverDue', 'jobs are to be handed over'), true);
      },
      planHandOver: async ({ review }) => {
        known.push(review);
        const job = known.length;
        const annotators = { ana: [...(review?.annotators['ana'] ?? []), job] };
        const handOvers = [{ job, what: 'to review', to: 'rita', seenAt: 'x' } as const];
        return { handOvers, review: { annotators, reviewers: {}, picked: null } };
      },
      handOver: async ({ plan }) => {
        rounds += 1;
        return { done: plan.handOvers.map(({ job }) => job), left: [] };
      },
      awaitQuiet: async ({ review }) => {
        known.push(review ?? null);
        return { lastEditAt: SEAL.lastEditAt };
      },
      sealLabels: async ({ review }) => {
        known.push(review ?? null);
        return SEAL;
      },
    });
    const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { review: { reviewers: ['rita'], pick: { kind: 'all' } } });
      await handle.result();
    });
    const theirs = known.map((review) => review?.annotators['ana']?.length ?? 0);
    expect(theirs).toEqual([...Array.from({ length: ROUNDS }, (_, round) => round), ROUNDS, ROUNDS]);
    expect(runs.length).toBeGreaterThan(1);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(MOST_EVENTS);
  }, 240_000);

  it('that somebody works against is tried again at the next poll, not at once', async () => {
    const start = await temporal.env.currentTimeMs();
    let tries = 0;
    const fake = fakeActivities({
      checkCompletion: async () => {
        if (tries >= 3) return { jobs: 2, completedAt: '2026-01-31T00:00:00.000Z' };
        throw failureFrom(new MaskloopError('HandOverDue', 'jobs are to be handed over'), true);
      },
      planHandOver: async () => ({
        handOvers: [{ job: 1, what: 'accepted', to: null, seenAt: 'x' }],
        review: { annotators: {}, reviewers: {}, picked: null },
      }),
      handOver: async () => {
        tries += 1;
        return { done: [], left: [1] };
      },
    });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS } });
      await handle.result();
    });
    expect((await temporal.env.currentTimeMs()) - start).toBeGreaterThan(2.9 * POLL_MS);
  }, 240_000);
});

// The last: after a poll that was cancelled between two tries the test server never again skips time by itself.
describe('messages about people that make no sense', () => {
  it('are refused in words', async () => {
    const work = people(temporal, () => Infinity);
    const fake = fakeActivities({ checkCompletion: work.checkCompletion, reassignJobs: failing('NoOpenJobs') });
    await withRig(temporal, { activities: fake.activities }, async (rig) => {
      const handle = await startIteration(rig, { completion: { rule: 'state', pollMs: POLL_MS } });
      await untilStatus(handle, ({ step }) => step === 'wait', sleep);
      const extend = async (until: string | null, byMs: number | null) =>
        refusalOf(handle.executeUpdate(extendUpdate, { args: [{ ...BY, until, byMs }] }));
      expect(await extend('2020-01-01T00:00:00.000Z', null)).toBe('DeadlineNotLater');
      expect(await extend('no time', null)).toBe('DeadlineNotLater');
      expect(await extend(null, null)).toBe('DeadlineNotLater');
      expect(await extend(null, DAY)).toBe('accepted');
      expect(await refusalOf(handle.executeUpdate(approveUpdate, { args: [{ ...BY, carry: false }] }))).toBe(
        'NotApprovable',
      );
      const reassign = { ...BY, from: 'ana', to: 'ben', job: null };
      expect(await refusalOf(handle.executeUpdate(reassignUpdate, { args: [reassign] }))).toBe('NoOpenJobs');
      expect((await handle.query(statusQuery)).waitingFor).toBe('people');
      const observing = await startIteration(rig, { masks: null, completion: { rule: 'state', pollMs: POLL_MS } });
      await untilStatus(observing, ({ results }) => results.task !== undefined, sleep);
      const before = fake.count('reassignJobs');
      expect(await refusalOf(observing.executeUpdate(reassignUpdate, { args: [reassign] }))).toBe('OnlyObserved');
      expect(fake.count('reassignJobs')).toBe(before);
    });
  }, 240_000);
});
