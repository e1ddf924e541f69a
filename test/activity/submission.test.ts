import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { imageId } from '../../src/monai/image-id.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { draw } from '../kit/annotate.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { giveReceipt, removeBehindOurBack, sealAgain, type SealedIteration } from '../kit/sealed-iteration.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
});
afterEach(async () => desk.close());

const idOf = (name: string): string => imageId({ ...first.input, frame: name });

describe('a submission', () => {
  it('tells every label and every image that is not ours before anything is written', async () => {
    const ids = ['frame_000000.png', 'frame_000001.png', 'frame_000002.png'].map(idOf);
    const bytes = await readFile(join(site.scenes.imagesDir, 'frame_000003.png'));
    for (const id of ids) await site.monai.putImage({ imageId: id, fileName: `${id}.png`, bytes });
    for (const id of ids) desk.own(id);
    const writes = site.log.count({ server: 'monai', method: 'PUT' });
    const images = await refusedBy(desk.submit(first));
    expect(images).toMatchObject({ type: 'ImageConflict', facts: { count: 3 } });
    expect(images.facts['frames']).toEqual(ids.map((id, n) => `frame_00000${n}.png (${id})`));
    await removeBehindOurBack(site, ids, 'image');
    let theirs: Uint8Array = Buffer.of();
    for (const [n, id] of ids.entries()) {
      const own = await readFile(join(site.scenes.imagesDir, `frame_00000${n}.png`));
      await site.monai.putImage({ imageId: id, fileName: `${id}.png`, bytes: own });
      theirs = await desk.putForeign(id);
    }
    expect(await refusedBy(desk.submit(first))).toMatchObject({ type: 'LabelConflict', facts: { count: 3 } });
    expect(site.log.count({ server: 'monai', method: 'PUT' })).toBe(writes + 6);
    for (const id of ids) expect(await site.monai.getLabel(id, 'final')).toEqual(Buffer.from(theirs));
  });

  it('replaces a label that it has put there itself, when the task was sealed anew', async () => {
    const before = await desk.submit(first);
    await draw(site, first.task, 1);
    await draw(site, first.task, 2);
    const again = { ...first, ...(await sealAgain(site, first)) };
    const after = await desk.submit(again);
    expect(after.manifest.sha256).not.toBe(before.manifest.sha256);
    expect(await desk.check(again, after)).toMatchObject({ own: 3, earlier: 0, version: 2 });
  });

  it('notes in an amendment what it replaces of a receipt, which stays as it is', async () => {
    await giveReceipt(site, first, await desk.submit(first));
    const receipt = await site.store.getNamed(`receipts/${first.id}.json`);
    for (const frame of [0, 1, 2, 3]) await draw(site, first.task, frame);
    const again = { ...first, id: `${first.id}~2`, ...(await sealAgain(site, first)) };
    const submission = await desk.submit(again);
    expect(submission.amendments).toMatchObject([{ id: first.id, frames: 3, name: `amendments/${first.id}/00000001` }]);
    expect(await desk.submit(again)).toEqual(submission);
    expect(await site.store.getNamed(`receipts/${first.id}.json`)).toEqual(receipt);
    expect(await desk.check(again, submission)).toMatchObject({ own: 3, earlier: 0 });
  });

  it('is refused where MONAI Label fetches labels from CVAT by itself', async () => {
    await site.sandboxMonai.restart({ watchesCvat: true });
    expect(await refusedBy(site.run('checkModel', first))).toMatchObject({ type: 'MonaiWatchesCvat' });
    expect(await refusedBy(desk.submit(first))).toMatchObject({ type: 'MonaiWatchesCvat' });
    await site.sandboxMonai.restart({ watchesCvat: false });
    const submission = await desk.submit(first);
    await site.sandboxMonai.restart({ watchesCvat: true });
    expect(await refusedBy(desk.check(first, submission))).toMatchObject({ type: 'MonaiWatchesCvat' });
  });
});
