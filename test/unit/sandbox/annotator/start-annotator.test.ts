import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Mask } from '../../../../src/coco/mask.ts';
import {
  startAnnotator,
  type Annotator,
  type AnnotatorOptions,
} from '../../../../src/sandbox/annotator/start-annotator.ts';
import { SANDBOX_ADMIN, SANDBOX_ANNOTATOR } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { coco, importDocument } from '../cvat/import-document.ts';
import { at, listAt } from '../cvat/json-at.ts';
import { makeTask } from '../cvat/make-task.ts';
import { logIn, read, startFast, type Fast, type Person } from '../cvat/talk.ts';

let fast: Fast;
let admin: Person;
let robot: Annotator | undefined;
beforeAll(async () => {
  fast = await startFast();
  admin = fast.admin;
});
afterEach(async () => {
  await robot?.stop();
  robot = undefined;
});
afterAll(() => fast.cvat.close());

const FRAMES = ['a.png', 'b.png', 'c.png', 'd.png'];
const CATEGORIES = [
  { id: 1, name: 'GrabberA' },
  { id: 7, name: 'Scissor' },
];

/** Every mask moves to the top left pixel of another class, but frame b is found good. */
function correct(frame: { name: string }, mask: Mask): Mask {
  if (frame.name === 'b.png') return mask;
  const values = new Uint8Array(mask.values.length);
  values[0] = 7;
  return { ...mask, values };
}

function start(change: Partial<AnnotatorOptions> = {}): Annotator {
  robot = startAnnotator({
    cvatUrl: fast.cvat.url,
    ...SANDBOX_ADMIN,
    seed: 1,
    startDelayMs: 0,
    delayPerFrameMs: 2,
    quietMs: 60_000,
    pollMs: 5,
    categories: CATEGORIES,
    correct,
    ...change,
  });
  return robot;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 5000; tries += 1) {
    if (await holds()) return;
    await sleep(5);
  }
  throw new Error('it did not come to that');
}

const completed = (task: number) => async () =>
  (await read(admin, `/api/jobs?task_id=${task}&state=completed`, 'count')) ===
  (await read(admin, `/api/jobs?task_id=${task}`, 'count'));

describe('the annotator', () => {
  it('corrects the masks of a task as told and completes its jobs', async () => {
    const { task, labels } = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
    await importDocument(
      admin,
      `/api/tasks/${task}`,
      coco(FRAMES.slice(0, 3), { annotation: { attributes: { source: 'auto' } } }),
    );
    start();
    await until(completed(task));
    const shapes = listAt((await admin.call('GET', `/api/tasks/${task}/annotations`)).json, 'shapes');
    const manual = (frame: number) => ({
      frame,
      label_id: labels.get('Scissor'),
      source: 'manual',
      points: [0, 1, 0, 0, 0, 0],
    });
    expect(shapes).toMatchObject([
      manual(0),
      { frame: 1, label_id: labels.get('GrabberA'), source: 'auto' },
      manual(2),
      manual(3),
    ]);
    const jobs = await admin.call('GET', `/api/jobs?task_id=${task}`);
    expect(listAt(jobs.json, 'results').map((job) => at(job, 'stage'))).toEqual(['annotation', 'annotation']);
  });

  it('leaves a task without shapes alone until its quiet time has passed', async () => {
    const { task } = await makeTask(admin, { frames: FRAMES });
    start();
    await sleep(80);
    expect(await completed(task)()).toBe(false);
    expect(await read(admin, `/api/jobs?task_id=${task}`, 'results', 0, 'state')).toBe('new');
    await robot?.stop();
    start({ quietMs: 10 });
    await until(completed(task));
  });

  it('works as a user who sees nothing but the jobs given to them', async () => {
    const { task, jobs } = await makeTask(admin, { frames: FRAMES, segmentSize: 2 });
    await importDocument(admin, `/api/tasks/${task}`, coco(FRAMES));
    await admin.call('PATCH', `/api/jobs/${jobs[1] ?? 0}`, { json: { assignee: 2 } });
    start(SANDBOX_ANNOTATOR);
    await until(async () => (await read(admin, `/api/jobs/${jobs[1] ?? 0}`, 'state')) === 'completed');
    expect(await read(admin, `/api/jobs/${jobs[0] ?? 0}`, 'state')).toBe('new');
    await admin.call('DELETE', `/api/tasks/${task}`);
  });

  it('goes on where it was after CVAT has answered with errors, and logs in again', async () => {
    const { task } = await makeTask(admin, { frames: FRAMES });
    await importDocument(admin, `/api/tasks/${task}`, coco(FRAMES));
    const looks: string[] = [];
    const troubles: unknown[] = [];
    start({
      onTrouble: (error) => troubles.push(error),
      correct: (frame, mask) => {
        looks.push(frame.name);
        if (frame.name === 'c.png' && troubles.length === 0) throw new Error('the pen broke');
        return correct(frame, mask);
      },
    });
    await until(completed(task));
    expect(troubles).toHaveLength(1);
    expect(looks).toEqual(['a.png', 'b.png', 'c.png', 'c.png', 'd.png']);
    await admin.call('POST', '/api/auth/logout');
    admin = await logIn(fast.cvat.url, SANDBOX_ADMIN);
    const next = await makeTask(admin, { frames: FRAMES });
    await importDocument(admin, `/api/tasks/${next.task}`, coco(FRAMES));
    await until(completed(next.task));
  });

  it('stops at once, in the middle of a long frame, and while CVAT is away', async () => {
    const { task } = await makeTask(admin, { frames: FRAMES });
    await importDocument(admin, `/api/tasks/${task}`, coco(FRAMES));
    start({ delayPerFrameMs: 60_000 });
    await until(async () => (await read(admin, `/api/jobs?task_id=${task}`, 'results', 0, 'state')) === 'in progress');
    const stopped = performance.now();
    await robot?.stop();
    expect(performance.now() - stopped).toBeLessThan(10_000);

    const silent = createServer(() => {});
    await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve));
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    start({ cvatUrl: `http://127.0.0.1:${port}` });
    await sleep(20);
    await robot?.stop();
    silent.closeAllConnections();
    await new Promise((resolve) => void silent.close(resolve));
  });
});
