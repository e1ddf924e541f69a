import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { NoticeOptions } from '../../src/contracts/notice.ts';
import { statusQuery } from '../../src/contracts/messages.ts';
import { isSigned } from '../../src/cvat/webhook-signature.ts';
import { createPostOffice } from '../../src/notify/post-office.ts';
import { createSenders } from '../../src/notify/senders.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import { startFaults, type Faults } from '../../src/sandbox/faults/start-faults.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { completeJobs, draw } from '../kit/annotate.ts';
import { startReceiver, type Receiver } from '../kit/notices/receiver.ts';
import { startIteration, untilStatus, type IterationHandle } from '../kit/start-iteration.ts';
import { withRig, type Rig } from '../kit/temporal/rig.ts';
import type { TestTemporal } from '../kit/temporal/test-temporal.ts';
import { startTimeSkipping } from '../kit/temporal/time-skipping.ts';

/** A dozen in `npm test`: the server that skips time is slow with many. `MASKLOOP_TEST_WAITING=60` has more of them wait. */
const ITERATIONS = z.coerce.number().int().positive().default(12).parse(process.env['MASKLOOP_TEST_WAITING']);

const SECRET = 'a secret of notices';

const NOTICES: NoticeOptions = {
  channels: ['webhook'],
  kinds: ['server-away', 'server-back', 'attention'],
  leads: ['lena'],
  ladder: [],
  workingHours: null,
  digestAt: null,
  book: null,
};

let temporal: TestTemporal;
let site: ActivitySite;
let faults: Faults;
let receiver: Receiver;
beforeAll(async () => {
  temporal = await startTimeSkipping();
});
afterAll(async () => temporal.close());
beforeEach(async () => {
  receiver = await startReceiver();
  const webhook = { url: receiver.url, secret: { read: () => SECRET } };
  const senders = createSenders({ slack: null, email: null, webhook });
  site = await openActivitySite({
    frames: 1,
    office: (store) => createPostOffice({ store, senders }),
    through: async (target) => {
      faults = await startFaults({ target });
      return faults.url;
    },
  });
});
afterEach(async () => {
  await site.close();
  await faults.close();
  await receiver.close();
});

/** Starts iterations whose people begin from nothing, and waits until all of them wait for people. */
async function startWaiting(rig: Rig): Promise<readonly IterationHandle[]> {
  const input: Partial<IterationInput> = {
    ...site.input,
    masks: null,
    fromScratch: true,
    training: null,
    completion: { rule: 'state', pollMs: 15 * 60_000 },
    // Within a test no time passes for the poll; the first try that fails is shown.
    timing: { ...site.input.timing, unreachableAfterMs: 1 },
    notices: NOTICES,
  };
  const handles: IterationHandle[] = [];
  for (let number = 1; number <= ITERATIONS; number += 1) {
    const handle = await startIteration(rig, { ...input, task: `Iteration_${number}` });
    handles.push(handle);
    // The first one makes the project.
    if (number === 1) await untilStatus(handle, ({ step }) => step === 'wait', sleep);
  }
  for (const handle of handles) await untilStatus(handle, ({ step }) => step === 'wait', sleep);
  return handles;
}

const messages = () => receiver.received.map(({ body }) => JSON.parse(body) as { kind: string; text: string });

describe('CVAT that is away while many iterations wait for people', () => {
  it('is told once when it goes and once when it comes, and all of them go on without a click', async () => {
    const { result: ids, runs } = await withRig(temporal, { activities: site.activities }, async (rig) => {
      const handles = await startWaiting(rig);
      const outage = faults.add({ fault: { kind: 'refuse' } });
      await temporal.env.sleep('3 hours');
      for (const handle of handles) {
        const { waitingFor, trouble } = await handle.query(statusQuery);
        expect({ waitingFor, code: trouble?.code }).toEqual({ waitingFor: 'server', code: 'CvatUnreachable' });
      }
      expect(messages().map(({ kind }) => kind)).toEqual(['server-away']);
      await outage.remove();
      for (const { id, projectId } of site.sandbox.state.tasks.values()) {
        await draw(site, { taskId: id, projectId: projectId ?? 0 });
        await completeJobs(site, id);
      }
      // One after the other: the server that skips time loses count of many who wait at once.
      for (const handle of handles) await handle.result();
      return handles.map(({ workflowId }) => workflowId);
    });
    expect(messages()).toEqual([
      expect.objectContaining({ kind: 'server-away', text: expect.stringContaining('CVAT') }),
      expect.objectContaining({ kind: 'server-back', text: expect.stringContaining('CVAT') }),
    ]);
    for (const { body, headers } of receiver.received) {
      expect(isSigned(Buffer.from(body), String(headers['x-signature-256']), SECRET)).toBe(true);
    }
    for (const id of ids) {
      const receipt = await readReceipt(site.store, id);
      expect({ id, frames: receipt?.results.labels?.labelledFrames, decisions: receipt?.decisions }).toEqual({
        id,
        frames: 1,
        decisions: [],
      });
    }
    expect(Math.max(...runs.map(({ events }) => events))).toBeLessThan(500);
  });
});
