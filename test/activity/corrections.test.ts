import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readLabels } from '../../src/activities/read-manifest.ts';
import { readAmendments } from '../../src/receipts/read-amendments.ts';
import { writeDataset } from '../../src/dataset/write-dataset.ts';
import { imageId } from '../../src/monai/image-id.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { call, draw } from '../kit/annotate.ts';
import { giveReceipt, imagesOf, sealAgain, sealIteration, type SealedIteration } from '../kit/sealed-iteration.ts';

let site: ActivitySite;
let first: SealedIteration;
let second: SealedIteration;
let training: readonly string[];

beforeEach(async () => {
  site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null, watcherMs: 30 } });
  first = await sealIteration(site);
  const submission = await site.run('submitLabels', first);
  ({ training } = await imagesOf(site, submission));
  await giveReceipt(site, first, submission);
  second = await sealIteration(site, { task: 'Iteration_2' });
});
afterEach(async () => site.close());

async function labelHash(id: string): Promise<string | null> {
  const label = await site.monai.getLabel(id, 'final');
  return label === null ? null : createHash('sha256').update(label).digest('hex');
}

/** A frame of the first task that is trained on. */
function trainedFrame(): number {
  const number = [0, 1, 2, 3].find((frame) => training.includes(idOf(frame)));
  if (number === undefined) throw new Error('no frame is trained on');
  return number;
}

const idOf = (frame: number): string => imageId({ ...first.input, frame: `frame_00000${frame}.png` });

/** SHA-256 of the label that a dataset has of a frame, whatever its part; null for none. */
async function labelInDataset(frame: number): Promise<string | null> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-corrections-'));
  try {
    const { signal } = new AbortController();
    await writeDataset(site.store, { given: first.input.project, dir, images: null, asLinks: false, signal });
    const sums = (await readFile(join(dir, 'SHA256SUMS'), 'utf8')).split('\n');
    const own = sums.find((line) => line.includes('  masks/') && line.endsWith(`/frame_00000${frame}.png`));
    return own?.slice(0, 64) ?? null;
  } finally {
    await rm(dir, { recursive: true });
  }
}

describe('a correction', () => {
  it('is nothing where nobody edited what was sealed', async () => {
    expect(await site.run('submitCorrections', second)).toEqual({
      looked: 0,
      amendments: { count: 0, first: [], list: null },
      left: { count: 0, first: [] },
    });
  });

  it('replaces the label of an edited frame alone, notes it once, and leaves the receipt as it is', async () => {
    const frame = trainedFrame();
    const receipt = await site.store.getNamed(`receipts/${first.id}.json`);
    const before = new Map(await Promise.all(training.map(async (id) => [id, await labelHash(id)] as const)));
    await draw(site, first.task, frame);
    const corrections = await site.run('submitCorrections', second);
    expect(corrections).toMatchObject({ looked: 1, amendments: { count: 1 }, left: { count: 0 } });
    expect(await site.run('submitCorrections', second)).toEqual(corrections);
    const [kept, ...more] = await readAmendments(site.store, first.id);
    expect(more).toEqual([]);
    const sealed = await readLabels(site.store, (await sealAgain(site, first)).labels.manifest);
    const after = sealed.frames.find((one) => one.frame === frame)?.label.sha256;
    expect(kept?.amendment).toMatchObject({ id: first.id, by: second.id, frames: [{ imageId: idOf(frame), after }] });
    const changed = [];
    for (const id of training) if ((await labelHash(id)) !== before.get(id)) changed.push(id);
    expect(changed).toEqual([idOf(frame)]);
    expect(await site.store.getNamed(`receipts/${first.id}.json`)).toEqual(receipt);
    expect(await labelInDataset(frame)).toBe(after);
    const submission = await site.run('submitLabels', second);
    expect(await site.run('checkTrainingSet', { ...second, submission })).toMatchObject({ own: 3, earlier: 3 });
  });

  it('takes a frame that was deleted out of the training set', async () => {
    const frame = trainedFrame();
    await call(site, 'PATCH', `/api/tasks/${first.task.taskId}/data/meta`, { deleted_frames: [frame] });
    await draw(site, first.task, frame);
    expect(await labelInDataset(frame)).not.toBeNull();
    await site.run('submitCorrections', second);
    expect(await labelInDataset(frame)).toBeNull();
    expect(await site.monai.trainingSet()).not.toContain(idOf(frame));
    const submission = await site.run('submitLabels', second);
    expect(await site.run('checkTrainingSet', { ...second, submission })).toMatchObject({ own: 3, earlier: 2 });
  });

  it('waits for a job that people have open again', async () => {
    const frame = trainedFrame();
    await draw(site, first.task, frame);
    const job = (await site.cvat.jobs(first.task.taskId)).find(
      ({ startFrame, stopFrame }) => startFrame <= frame && frame <= stopFrame,
    );
    await site.cvat.updateJob(job?.id ?? 0, { state: 'in progress' });
    const name = `frame_00000${frame}.png`;
    expect(await site.run('submitCorrections', second)).toMatchObject({
      amendments: { count: 0 },
      left: { count: 1, first: [{ iteration: first.id, frame: name, why: 'its job is not complete' }] },
    });
    await site.cvat.updateJob(job?.id ?? 0, { state: 'completed' });
    expect(await site.run('submitCorrections', second)).toMatchObject({ amendments: { count: 1 } });
  });
});
