import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate, statusQuery, wakeSignal } from '../../src/contracts/messages.ts';
import { fakeActivities } from '../kit/fake-activities.ts';
import { startIteration } from '../kit/start-iteration.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';

const MOST_EVENTS = 500;

let temporal: TestTemporal;
beforeAll(async () => {
  temporal = await startDevServer();
});
afterAll(async () => temporal.close());

describe('a wait that many messages reach', () => {
  it.each(['a decision', 'a resume'] as const)(
    'for %s is a chain of short runs, and does nothing again meanwhile',
    async (what) => {
      let tries = 0;
      const isDecision = what === 'a decision';
      const well = fakeActivities().activities;
      const fake = fakeActivities({
        matchLabels: async (args) => {
          tries += 1;
          if (tries === 1) throw failureFrom(new MaskloopError('LabelMissing', 'no label'));
          return well.matchLabels(args);
        },
      });
      const { runs } = await withRig(temporal, { activities: fake.activities }, async (rig) => {
        const handle = await startIteration(rig);
        const until = async (waitingFor: string): Promise<void> => {
          while ((await handle.query(statusQuery)).waitingFor !== waitingFor) await sleep(20);
        };
        const retry = async (): Promise<void> => handle.executeUpdate(retryUpdate, { args: [{ by: 'lead' }] });
        await until('decision');
        if (!isDecision) {
          await handle.signal(pauseSignal, { by: 'lead' });
          await retry();
          await until('resume');
        }
        const before = tries;
        for (let sent = 0; sent < 600; sent += 50) {
          await Promise.all(Array.from({ length: 50 }, () => handle.signal(wakeSignal)));
          await handle.query(statusQuery);
        }
        await sleep(200);
        const status = await handle.query(statusQuery);
        expect(status.waitingFor).toBe(isDecision ? 'decision' : 'resume');
        expect(tries).toBe(before);
        if (isDecision) await retry();
        else await handle.signal(resumeSignal, { by: 'lead' });
        await handle.result();
      });
      expect(tries).toBe(2);
      expect(runs.length).toBeGreaterThan(1);
      expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(MOST_EVENTS);
    },
    60_000,
  );
});
