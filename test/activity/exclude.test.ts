import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { exclusionName } from '../../src/contracts/ids.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { giveReceipt, type SealedIteration } from '../kit/sealed-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { ASKED, withdrawalsOf } from '../kit/withdrawals.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
});
afterEach(async () => desk.close());

/** The first frame that is trained on, by name and image id. */
async function trainedFrame(): Promise<{ readonly name: string; readonly imageId: string }> {
  const submission = await desk.submit(first);
  await giveReceipt(site, first, submission);
  const { frames } = await readSubmission(site.store, submission.manifest);
  const found = frames.find(({ part }) => part === 'training');
  if (found === undefined) throw new Error('nothing is trained on');
  return found;
}

const label = async (imageId: string): Promise<Uint8Array | null> => site.monai.getLabel(imageId, 'final');

describe('an excluded frame', () => {
  it('leaves trainer and training set at once, and comes back as it was', async () => {
    const { name, imageId } = await trainedFrame();
    const before = await label(imageId);
    const { record, settle } = withdrawalsOf(site);
    expect(await record('exclude', [name.replace('.png', '')])).toEqual({ frames: [name], changed: 1 });
    expect(await record('exclude', [name])).toEqual({ frames: [name], changed: 0 });
    expect(await settle()).toEqual({ removed: 1, putBack: 0 });
    expect(await label(imageId)).toBeNull();
    expect(await site.monai.getImage(imageId)).not.toBeNull();
    // An amendment would take the label out of datasets too, and for good.
    expect(await site.store.listNamed('amendments/')).toEqual([]);
    const later = await desk.second();
    const submitted = await desk.submit(later);
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 2 });
    expect(await record('include', [name])).toEqual({ frames: [name], changed: 1 });
    expect(await settle()).toEqual({ removed: 0, putBack: 1 });
    expect(await label(imageId)).toEqual(before);
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 3 });
    expect(await settle()).toEqual({ removed: 0, putBack: 0 });
  });

  it('is taken out by the next iteration that trains there, where the trainer was in use, and is not submitted again', async () => {
    const { name, imageId } = await trainedFrame();
    await withdrawalsOf(site).record('exclude', [name]);
    expect(await label(imageId)).not.toBeNull();
    const later = await desk.second();
    const submitted = await desk.submit(later);
    expect(submitted).not.toHaveProperty('withdrawn');
    expect(await label(imageId)).toBeNull();
    expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 2 });
    const again = await desk.submit({ ...first, id: `${first.id}~2` });
    expect(again).toMatchObject({ training: 2, heldOut: 1, withdrawn: { excluded: 1, forgotten: 0 } });
    expect((await readSubmission(site.store, again.manifest)).frames.map((frame) => frame.name)).not.toContain(name);
    expect(await label(imageId)).toBeNull();
  });

  it('does not come back where another task holds the very picture out meanwhile', async () => {
    const { name, imageId } = await trainedFrame();
    const { record, settle } = withdrawalsOf(site);
    await record('exclude', [name]);
    await settle();
    const list = await site.store.put(Buffer.from(name));
    const later = await desk.second({ samePictures: true });
    const training = { ...site.input.training!, heldOut: { kind: 'names', list } as const };
    await desk.submit({ ...later, input: { ...later.input, training } });
    await record('include', [name]);
    expect(await settle()).toEqual({ removed: 0, putBack: 0 });
    expect(await label(imageId)).toBeNull();
  });

  it('says who excluded it, when and why, and is known by CVAT before anything is sealed', async () => {
    await withdrawalsOf(site).record('exclude', ['frame_000002']);
    const bytes = await site.store.getNamed(exclusionName(site.input, 'frame_000002.png'));
    expect(JSON.parse(Buffer.from(bytes ?? []).toString())).toMatchObject({
      frame: 'frame_000002.png',
      entries: [{ what: 'exclude', ...ASKED, at: expect.any(String) }],
    });
    const refused = await refusedBy(withdrawalsOf(site).record('exclude', ['frame_000002', 'nothing.png']));
    expect(refused).toMatchObject({ type: 'FrameUnknown', facts: { frames: ['nothing.png'], count: 1 } });
  });

  it('comes through a crash after any change, on the way out and back', async () => {
    const { name, imageId } = await trainedFrame();
    const before = await label(imageId);
    for (const what of ['exclude', 'include'] as const) {
      await withdrawalsOf(site).record(what, [name]);
      let crashes = 0;
      for (let changes = 0; ; changes += 1) {
        const settled = await withdrawalsOf(site, { changes })
          .settle()
          .catch(() => null);
        if (settled !== null) break;
        crashes += 1;
      }
      expect(crashes).toBeGreaterThanOrEqual(3);
      expect(await label(imageId)).toEqual(what === 'exclude' ? null : before);
    }
    const submission = await desk.submit(first);
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, earlier: 0 });
  });
});
