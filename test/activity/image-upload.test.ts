import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { CvatVersion } from '../../src/sandbox/cvat/state/version.ts';
import type { Fault } from '../../src/sandbox/faults/fault.ts';
import type { Faults } from '../../src/sandbox/faults/start-faults.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import type { ActivitySite, SiteOptions } from '../kit/activity-site.ts';
import { openBehindFaults } from '../kit/behind-faults.ts';
import { pngHeader } from '../unit/sandbox/cvat/make-task.ts';

const DATA = /\/api\/tasks\/\d+\/data$/;

let site: ActivitySite;
let faults: Faults | undefined;
afterEach(async () => {
  await site.close();
  await faults?.close();
  faults = undefined;
});

async function openFaulty(options: SiteOptions = {}): Promise<Faults> {
  const opened = await openBehindFaults(options);
  ({ site, faults } = opened);
  return opened.faults;
}

const tasks = () => [...site.sandbox.state.tasks.values()];

/** Three images more, in a subfolder, each of a given number of bytes; more than 10 MiB together take two pieces. */
async function nestedImages(bytes: number): Promise<IterationInput> {
  const dir = join(site.scenes.imagesDir, 'p');
  await mkdir(dir);
  for (let frame = 0; frame < 3; frame += 1) {
    const noise = Buffer.alloc(bytes, `${frame}`);
    await writeFile(join(dir, `${frame}.png`), Buffer.concat([pngHeader(64, 48), noise]));
  }
  return { ...site.input, images: await describeFolder(site.scenes.imagesDir) };
}

/** Names and contents of the frames that CVAT made, to be compared with the folder. */
async function requireWhole(taskId: number, input: IterationInput): Promise<void> {
  const meta = await site.cvat.taskMeta(taskId);
  expect(meta.frames).toHaveLength(input.images?.files ?? 0);
  for (const [frame, { name }] of meta.frames.entries()) {
    const { bytes } = await site.cvat.frameOriginal(taskId, frame);
    expect(Buffer.from(bytes).equals(await readFile(join(site.scenes.imagesDir, name)))).toBe(true);
  }
}

const pieces = () => site.log.entries.filter(({ method, path }) => method === 'PATCH' && path.includes('/data/'));

/** CVAT takes no piece for now. Told to come back at once, the client pauses for nothing between its tries. */
const BUSY: Fault = { kind: 'too-many-requests', retryAfterSeconds: 0 };

describe.each<[CvatVersion, Fault]>([
  ['2.54.1', BUSY],
  ['2.73.0', { kind: 'reset-before' }],
])('an upload of an archive of images to CVAT %s', (version, fault) => {
  it('is gone on with from what had arrived when another worker takes over', async () => {
    const layer = await openFaulty({ sandbox: { version } });
    const input = await nestedImages(3.6 * 1024 * 1024);
    layer.add({ method: 'PATCH', after: 1, fault, count: 3 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    const [left] = tasks();
    expect(pieces()).toHaveLength(1);
    const found = await site.run('ensureTask', { input });
    expect(found).toMatchObject({ taskId: left?.id, created: true, frames: 7 });
    expect(pieces()).toHaveLength(2);
    await requireWhole(found.taskId, input);
    expect(tasks()).toHaveLength(1);
  });
});

describe('an upload of an archive of images', () => {
  it('is complete where CVAT carried out the last piece and its answer was lost', async () => {
    const layer = await openFaulty();
    const input = await nestedImages(1);
    layer.add({ method: 'PATCH', fault: { kind: 'reset-after' }, count: 1 });
    const found = await site.run('ensureTask', { input });
    expect(pieces()).toHaveLength(1);
    await requireWhole(found.taskId, input);
  });

  it('is complete where the worker died between its last byte and the making of the frames', async () => {
    const layer = await openFaulty();
    const input = await nestedImages(1);
    layer.add({ method: 'POST', path: DATA, after: 1, fault: { kind: 'reset-before' }, count: 1 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    const found = await site.run('ensureTask', { input });
    expect(pieces()).toHaveLength(1);
    await requireWhole(found.taskId, input);
    expect(tasks()).toHaveLength(1);
  });

  it('begins with another task where CVAT has lost it', async () => {
    const layer = await openFaulty();
    const input = await nestedImages(1);
    layer.add({ method: 'PATCH', fault: BUSY, count: 3 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    site.sandbox.state.uploads.clear();
    const found = await site.run('ensureTask', { input });
    expect(tasks().map(({ id }) => id)).toEqual([found.taskId]);
    await requireWhole(found.taskId, input);
  });

  it('begins with another task where the images are others by now, though their archive is as long', async () => {
    const layer = await openFaulty();
    const input = await nestedImages(3.6 * 1024 * 1024);
    layer.add({ method: 'PATCH', after: 1, fault: BUSY, count: 3 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    expect(pieces()).toHaveLength(1);
    // What arrived is of the image that was there before.
    const path = join(site.scenes.imagesDir, 'p', '0.png');
    const before = await readFile(path);
    await writeFile(
      path,
      Buffer.concat([pngHeader(64, 48), Buffer.alloc(before.length - pngHeader(64, 48).length, 'n')]),
    );
    const others = { ...input, images: await describeFolder(site.scenes.imagesDir) };
    const found = await site.run('ensureTask', { input: others });
    await requireWhole(found.taskId, others);
    expect([pieces().length, tasks().length]).toEqual([3, 1]);
  });

  it('begins with another task where the images are others by now', async () => {
    const layer = await openFaulty();
    const input = await nestedImages(1);
    layer.add({ method: 'PATCH', fault: BUSY, count: 3 });
    await expect(site.run('ensureTask', { input })).rejects.toMatchObject({ type: 'CvatUnreachable' });
    await rm(join(site.scenes.imagesDir, 'p', '2.png'));
    const fewer = { ...input, images: await describeFolder(site.scenes.imagesDir) };
    const found = await site.run('ensureTask', { input: fewer });
    expect(found.frames).toBe(6);
    await requireWhole(found.taskId, fewer);
    expect(tasks()).toHaveLength(1);
  });
});
