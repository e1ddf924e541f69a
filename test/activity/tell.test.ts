import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createNoticeActivities } from '../../src/activities/notices/tell.ts';
import type { Trouble } from '../../src/contracts/iteration.ts';
import type { NoticeActivities, Told } from '../../src/contracts/notice-activities.ts';
import type { NoticeOptions } from '../../src/contracts/notice.ts';
import { serversAway } from '../../src/notify/servers/episodes.ts';
import { createFolderStore } from '../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../src/storage/store.ts';
import { MEASURES } from '../kit/fake-activities.ts';
import { iterationInput } from '../kit/iteration-input.ts';
import { createMailbox, NOTICES } from '../kit/notices/office.ts';

let dir: string;
let store: ArtifactStore;
const mailbox = createMailbox();
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-tell-'));
  store = createFolderStore(dir);
  mailbox.clear();
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** The activities of one worker, which remembers nothing of another. */
function worker(): NoticeActivities {
  return createNoticeActivities({ store, office: mailbox.open(store) });
}

async function tell(on: NoticeActivities, task: string, what: Told, notices: NoticeOptions = NOTICES): Promise<void> {
  const args = {
    id: `SurgVU/${task}`,
    input: iterationInput({ task, notices }),
    what,
    url: 'http://cvat.test/tasks/7',
  };
  await new MockActivityEnvironment().run(on.tell, args);
}

function trouble(code: Trouble['code'], since: string): Trouble {
  return { code, message: 'it does not answer', action: 'Look at it.', facts: {}, since };
}

function away(since: string, code: Trouble['code'] = 'CvatUnreachable'): Told {
  return { kind: 'server-away', trouble: trouble(code, since), at: since };
}

const at = (hours: number, seconds = 0): string => new Date(Date.UTC(2026, 0, 3, hours, 0, seconds)).toISOString();

describe('attention', () => {
  it('is told once for each trouble, with what may be typed', async () => {
    const what: Told = {
      kind: 'attention',
      step: 'upload',
      trouble: trouble('TaskAmbiguous', at(1)),
      choices: ['retry', 'skip'],
    };
    await tell(worker(), 'Iteration_1', what);
    await tell(worker(), 'Iteration_1', what);
    await tell(worker(), 'Iteration_1', { ...what, trouble: trouble('TaskAmbiguous', at(2)) });
    expect(mailbox.said()).toEqual(['attention lena', 'attention lena']);
    expect(mailbox.sent[0]?.text).toBe(
      'SurgVU / Iteration_1 needs a decision at step upload: it does not answer\nWhat to do: Look at it.\n' +
        'http://cvat.test/tasks/7\n' +
        'maskloop status SurgVU/Iteration_1 | maskloop retry SurgVU/Iteration_1 | maskloop skip SurgVU/Iteration_1',
    );
  });
});

describe('a server that is away', () => {
  it('is told once when it goes and once when it comes, for 60 iterations on three workers', async () => {
    const workers = [worker(), worker(), worker()];
    const all = Array.from({ length: 60 }, (_, index) => index);
    const on = (index: number): NoticeActivities => workers[index % 3] ?? worker();
    const sayAll = async (what: (index: number) => Told): Promise<void> => {
      await Promise.all(all.map((index) => tell(on(index), `Iteration_${index}`, what(index))));
    };
    await sayAll((index) => away(at(0, index)));
    await sayAll((index) => away(at(20, index)));
    expect(mailbox.said()).toEqual(['server-away lena']);
    expect(await serversAway(store)).toMatchObject([{ connection: 'default', name: 'CVAT' }]);
    await sayAll((index) => ({ kind: 'server-back', code: 'CvatUnreachable', at: at(48, index) }));
    expect(mailbox.said()).toEqual(['server-away lena', 'server-back lena']);
    expect(mailbox.sent[1]?.text).toMatch(/it was away for 2 days\. Iterations go on by themselves\.$/);
    expect(await serversAway(store)).toEqual([]);
  });

  it('is not told again by those who meet the end of the same outage, and is where it goes once more', async () => {
    await tell(worker(), 'Iteration_1', away(at(0)));
    await tell(worker(), 'Iteration_1', { kind: 'server-back', code: 'CvatUnreachable', at: at(2) });
    await tell(worker(), 'Iteration_2', away(at(2, 40)));
    expect(mailbox.sent).toHaveLength(2);
    await tell(worker(), 'Iteration_2', away(at(3)));
    expect(mailbox.said()).toEqual(['server-away lena', 'server-away lena', 'server-back lena']);
  });

  it('is one for each server and connection', async () => {
    await tell(worker(), 'Iteration_1', away(at(0)));
    await tell(worker(), 'Iteration_1', away(at(0), 'MonaiUnreachable'));
    await tell(worker(), 'Iteration_1', away(at(0), 'StoreUnreachable'));
    expect(mailbox.sent.map(({ subject }) => subject)).toEqual(['CVAT does not answer', 'MONAI Label does not answer']);
  });
});

describe('a training', () => {
  it('is told with what the model was before and after', async () => {
    const promotion = {
      policy: 'if-better',
      verdict: 'better',
      reasons: [],
      outcome: 'promoted',
      checksum: 'SHA256:cc',
      published: 'SHA256:cc',
      by: null,
      at: at(1),
    } as const;
    await tell(worker(), 'Iteration_1', { kind: 'training-done', promotion, gate: MEASURES });
    expect(mailbox.sent[0]?.text).toBe(
      'SurgVU / Iteration_1: segmentation was trained; it is published.\n' +
        'Mean Dice on held-out frames: 0.8000 before, 0.9000 after (better).\nmaskloop status SurgVU/Iteration_1',
    );
  });
});

describe('a loop', () => {
  it('is told of as its policy says', async () => {
    const policy = await store.put(Buffer.from(JSON.stringify({ schema: 'maskloop.loop/1', notices: NOTICES })));
    const loop = { name: 'main', connection: 'default', project: 'SurgVU', policy };
    const what = { kind: 'loop-stopped', number: 7, why: 'The target of 0.9 is reached.', at: at(1) } as const;
    await new MockActivityEnvironment().run(worker().tellOfLoop, { loop, policy, what });
    await new MockActivityEnvironment().run(worker().tellOfLoop, { loop, policy, what });
    expect(mailbox.sent.map(({ text }) => text)).toEqual([
      'The loop main of SurgVU has stopped after iteration 7: The target of 0.9 is reached.\nmaskloop loop status SurgVU/main',
    ]);
  });
});
