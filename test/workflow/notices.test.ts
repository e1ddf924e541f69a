import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createNoticeActivities } from '../../src/activities/notices/tell.ts';
import { failureFrom } from '../../src/activities/to-failure.ts';
import { MaskloopError } from '../../src/contracts/error.ts';
import { pauseSignal, resumeSignal, retryUpdate } from '../../src/contracts/messages.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { failing, failingFirst } from '../kit/failing.ts';
import { fakeActivities, TASK } from '../kit/fake-activities.ts';
import { createMailbox, NOTICES } from '../kit/notices/office.ts';
import { startIteration, untilStatus } from '../kit/start-iteration.ts';
import { withRig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

let temporal: TestTemporal;
let dir: string;
let store: ArtifactStore;
const mailbox = createMailbox();
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-told-'));
  store = createFolderStore(dir);
  mailbox.clear();
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** Fake activities with the real ones that tell people. */
function telling(changes: Parameters<typeof fakeActivities>[0] = {}) {
  const fake = fakeActivities(changes);
  return {
    fake,
    activities: { ...fake.activities, ...createNoticeActivities({ store, office: mailbox.open(store) }) },
  };
}

describe('an iteration that tells people', () => {
  it('tells of a trained model, and of nothing else where all goes well', async () => {
    const { activities } = telling();
    await withRig(temporal, { activities }, async (rig) => {
      await (await startIteration(rig, { notices: NOTICES })).result();
    });
    expect(mailbox.said()).toEqual(['training-done lena']);
    expect(mailbox.sent[0]?.text).toContain('0.8000 before, 0.9000 after (better)');
  });

  it('tells of each trouble that needs a decision', async () => {
    const { activities } = telling({ ensureTask: failingFirst(2, 'TaskAmbiguous', TASK) });
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig, { notices: { ...NOTICES, kinds: ['attention'] } });
      for (const number of [1, 2]) {
        await untilStatus(handle, ({ waitingFor }) => waitingFor === 'decision', sleep);
        while (mailbox.sent.length < number) await sleep(20);
        await handle.executeUpdate(retryUpdate, { args: [{ by: 'lena' }] });
      }
      await handle.result();
    });
    expect(mailbox.said()).toEqual(['attention lena', 'attention lena']);
    expect(mailbox.sent[0]?.text).toContain('maskloop skip SurgVU/Iteration_');
  });

  it('goes on where telling fails for good', async () => {
    const { fake } = telling();
    const activities = { ...fake.activities, tell: failing('StoreUnreachable') };
    await withRig(temporal, { activities }, async (rig) => {
      await (await startIteration(rig, { notices: NOTICES })).result();
    });
    expect(fake.count('recordReceipt')).toBe(1);
  });

  it('tells nobody where its input names nobody', async () => {
    const { activities } = telling({ evaluateModel: failingFirst(12, 'MonaiUnreachable', await evaluation()) });
    await withRig(temporal, { activities }, async (rig) => {
      await (await startIteration(rig)).result();
    });
    expect(mailbox.sent).toEqual([]);
  });
});

async function evaluation() {
  return fakeActivities().activities.evaluateModel({} as never);
}

describe('CVAT that is away', () => {
  it('for a weekend is told once when it goes and once when it comes, though several iterations wait in run after run, without a click', async () => {
    let isAway = true;
    const { fake, activities } = telling({
      checkCompletion: async () => {
        if (isAway) throw failureFrom(new MaskloopError('CvatUnreachable', 'CVAT does not answer'), true);
        return { jobs: 2, completedAt: '2026-01-05T08:00:00.000Z' };
      },
    });
    const { runs } = await withRig(temporal, { activities }, async (rig) => {
      const notices = { ...NOTICES, kinds: ['server-away', 'server-back', 'attention'] as const };
      const handles = await Promise.all(
        Array.from({ length: 2 }, () => startIteration(rig, { notices, training: null })),
      );
      await temporal.env.sleep('62 hours');
      expect(mailbox.said()).toEqual(['server-away lena']);
      isAway = false;
      for (const handle of handles) await handle.result();
    });
    expect(mailbox.said()).toEqual(['server-away lena', 'server-back lena']);
    expect(fake.count('checkCompletion')).toBeGreaterThan(2 * 240);
    expect(runs.length).toBeGreaterThan(2 * 5);
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(500);
  });

  it('is told to be back when it has answered after a pause, not by the pause', async () => {
    let isAway = true;
    const { activities } = telling({
      checkCompletion: async () => {
        if (isAway) throw failureFrom(new MaskloopError('CvatUnreachable', 'CVAT does not answer'), true);
        return { jobs: 2, completedAt: '2026-01-05T08:00:00.000Z' };
      },
    });
    await withRig(temporal, { activities }, async (rig) => {
      const handle = await startIteration(rig, { notices: NOTICES, training: null });
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'server', sleep);
      await handle.signal(pauseSignal, { by: 'lena' });
      await untilStatus(handle, ({ waitingFor }) => waitingFor === 'resume', sleep);
      isAway = false;
      await temporal.env.sleep('1 hour');
      expect(mailbox.said()).toEqual(['server-away lena']);
      await handle.signal(resumeSignal, { by: 'lena' });
      await handle.result();
    });
    expect(mailbox.said()).toEqual(['server-away lena', 'server-back lena']);
  });
});
