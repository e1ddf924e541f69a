import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SandboxCvatOptions } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { coco, finish, importDocument, upload } from './import-document.ts';
import { at, listAt, textAt } from './json-at.ts';
import { makeTask, type MadeTask } from './make-task.ts';
import { startFast, waitFor, type Fast, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png'];

let now: number;
let fast: Fast;
let admin: Person;
let made: MadeTask;
let task: string;
/** The end of the import that waits for it, if one does. */
let held: (() => void) | undefined;
let isHolding = false;
const hold: SandboxCvatOptions['hold'] = ({ type, status }, goOn) => {
  if (isHolding && type === 'import:annotations' && status === 'started') held = goOn;
  else setTimeout(goOn, 2);
};
beforeEach(async () => {
  now = Date.parse('2026-03-04T05:06:07Z');
  held = undefined;
  fast = await startFast({ clock: () => now, hold });
  admin = fast.admin;
  made = await makeTask(admin, { frames: FRAMES });
  task = `/api/tasks/${made.task}`;
  await importDocument(admin, task, coco(['a.png']));
});
afterEach(() => fast.cvat.close());

const begin = async () => finish(admin, task, await upload(admin, task, coco(FRAMES)));
const shapes = async () => listAt((await admin.call('GET', `${task}/annotations`)).json, 'shapes').length;
const rqId = () => `action=import&target=task&target_id=${made.task}&subresource=annotations`;
const show = async () => (await admin.call('GET', `/api/requests/${encodeURIComponent(rqId())}`)).json;

async function beginAndStart(): Promise<void> {
  isHolding = true;
  await begin();
  while (at(await show(), 'status') !== 'started') await sleep(2);
  isHolding = false;
}

/** Lets the time be over that the import takes. */
async function endHeld(): Promise<void> {
  expect(held).toBeDefined();
  held?.();
  await sleep(5);
}

describe('the process of an import', () => {
  it('fails its import at once when it is killed, and the next import runs', async () => {
    await beginAndStart();
    fast.cvat.importWorker.killWorkHorse();
    await endHeld();
    const failed = await show();
    expect(failed).toMatchObject({
      status: 'failed',
      message: 'Work-horse terminated unexpectedly; waitpid returned 9 (signal 9); ',
    });
    expect(textAt(failed, 'finished_date')).not.toBe('');
    expect(await shapes()).toBe(1);
    await waitFor(admin, textAt((await begin()).json, 'rq_id'));
    expect(await shapes()).toBe(2);
  });
});

describe('the worker of imports', () => {
  it('leaves its import started for good when it is killed, and every further one a 409', async () => {
    await beginAndStart();
    fast.cvat.importWorker.kill();
    await endHeld();
    now += 7 * 60_000;
    expect(await show()).toMatchObject({ status: 'started', finished_date: null });
    const second = await begin();
    expect([second.status, second.json]).toEqual([409, { rq_id: rqId() }]);
    const cancelled = await admin.call('POST', `/api/requests/${encodeURIComponent(rqId())}/cancel`);
    expect([cancelled.status, cancelled.text.slice(0, 32)]).toEqual([400, 'Cancellation of started requests']);
    expect(await shapes()).toBe(1);
  });

  it('fails what a worker left behind that was killed minutes ago, without saying when', async () => {
    await beginAndStart();
    fast.cvat.importWorker.kill();
    now += 7 * 60_000;
    fast.cvat.importWorker.start();
    expect(await show()).toMatchObject({
      status: 'failed',
      message: 'Job was stuck in intermediate queue.',
      finished_date: null,
      expiry_date: null,
    });
    expect((await begin()).status).toBe(202);
  });

  it('does not notice what it left behind when it is started again at once', async () => {
    await beginAndStart();
    fast.cvat.importWorker.kill();
    fast.cvat.importWorker.start();
    await endHeld();
    now += 10 * 60_000;
    expect(await show()).toMatchObject({ status: 'started' });
    expect((await begin()).status).toBe(409);
  });

  it('works on what was queued while there was none', async () => {
    fast.cvat.importWorker.kill();
    expect((await begin()).status).toBe(202);
    await sleep(30);
    expect(await show()).toMatchObject({ status: 'queued', started_date: null });
    fast.cvat.importWorker.start();
    expect(await waitFor(admin, rqId())).toMatchObject({ status: 'finished' });
    expect(await shapes()).toBe(2);
  });

  it('stops neither exports nor new tasks by being killed', async () => {
    fast.cvat.importWorker.kill();
    const begun = await admin.call('POST', `${task}/dataset/export?format=COCO+1.0`);
    expect(await waitFor(admin, textAt(begun.json, 'rq_id'))).toMatchObject({ status: 'finished' });
    expect((await makeTask(admin, { frames: FRAMES })).jobs).toHaveLength(1);
  });
});

describe('the result of a request', () => {
  it.each([
    ['an import', 3600, async () => rqId()],
    ['a new task', 500, async () => `action=create&target=task&target_id=${made.task}`],
    [
      'an export',
      24 * 3600,
      async () => {
        const begun = await admin.call('POST', `${task}/dataset/export?format=COCO+1.0`);
        await waitFor(admin, textAt(begun.json, 'rq_id'));
        return textAt(begun.json, 'rq_id');
      },
    ],
  ])('of %s is forgotten after %d seconds', async (_, seconds, make) => {
    const id = encodeURIComponent(await make());
    now += (seconds - 1) * 1000;
    expect((await admin.call('GET', `/api/requests/${id}`)).status).toBe(200);
    now += 2000;
    const gone = await admin.call('GET', `/api/requests/${id}`);
    expect([gone.status, gone.text]).toEqual([404, 'There is no request with specified id']);
  });
});
