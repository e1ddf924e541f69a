import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { readMask } from '../../src/coco/read-mask.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import {
  giveReceipt,
  imagesOf,
  removeBehindOurBack,
  sealIteration,
  type SealedIteration,
} from '../kit/sealed-iteration.ts';

const NAME = 'frame_000001.png';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
});
afterEach(async () => desk.close());

describe('the training set', () => {
  it('may hold labels of others once somebody has approved exactly these', async () => {
    const submission = await desk.submit(first);
    // A picture of its own: nobody may approve a label on one that is held out.
    const bytes = await readFile(join(site.scenes.masksDir, 'frame_000002.png'));
    await site.monai.putImage({ imageId: 'theirs', fileName: 'theirs.png', bytes });
    await desk.putForeign('theirs');
    const refused = await refusedBy(desk.check(first, submission));
    expect(refused.facts).toMatchObject({ extra: ['theirs (by somebody unknown)'], count: 1 });
    const approved = [String(refused.facts['approves'])];
    const decisions = { putBack: true, approved };
    expect(await desk.check(first, submission, decisions)).toMatchObject({ own: 3, approved: 1 });
    expect(await desk.check(first, submission)).toMatchObject({ approved: 1 });
    const other = await readFile(join(site.scenes.masksDir, NAME));
    await site.monai.putLabel({ imageId: 'theirs', tag: 'final', fileName: 'a.png', bytes: other, labelInfo: [] });
    const changed = await refusedBy(desk.check(first, submission, decisions));
    expect(changed.facts).toMatchObject({ changed: ['theirs (by somebody unknown)'] });
    expect(changed.facts['approves']).toBeUndefined();
    await removeBehindOurBack(site, ['theirs'], 'label');
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, approved: 0 });
  });

  it('is never to hold a held-out frame, whoever approves, nor another label than the sealed one', async () => {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const [held = ''] = (await imagesOf(site, submission)).heldOut;
    await desk.putForeign(held);
    const refused = await refusedBy(desk.check(first, submission));
    expect(refused).toMatchObject({ type: 'TrainingSetDiffers', facts: { 'held out': [expect.any(String)] } });
    expect(refused.facts['approves']).toBeUndefined();
    expect(await refusedBy(desk.submit(first))).toMatchObject({ type: 'LabelConflict' });
    await removeBehindOurBack(site, [held], 'label');
    const [own = ''] = (await imagesOf(site, submission)).training;
    await desk.putForeign(own);
    expect((await refusedBy(desk.check(first, submission))).facts).toHaveProperty('changed');
    expect(await desk.checkAfter(first, submission)).toMatchObject({ differs: { count: 1 } });
  });

  it('is told to differ after a training that somebody interfered with', async () => {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const { training } = await imagesOf(site, submission);
    await removeBehindOurBack(site, training.slice(0, 1), 'label');
    const { differs } = await desk.checkAfter(first, submission);
    expect(differs?.first).toEqual([expect.stringMatching(/^missing: frame_.* \(by SurgVU\/Iteration_1/)]);
  });

  it.each(['folder', 'task'] as const)(
    'is put back after a wipe when somebody decides so, with images from their %s',
    async (from) => {
      const earlier = from === 'folder' ? first : { ...first, input: { ...first.input, images: null } };
      const submission = await desk.submit(earlier);
      await giveReceipt(site, earlier, submission);
      const later = await desk.second();
      const submitted = await desk.submit(later);
      const { training } = await imagesOf(site, submission);
      const labels = await Promise.all(training.map((id) => site.monai.getLabel(id, 'final')));
      await removeBehindOurBack(site, training, 'image');
      const refused = await refusedBy(desk.check(later, submitted));
      expect(refused.facts['missing']).toHaveLength(3);
      expect(await desk.submit(later)).not.toHaveProperty('putBack');
      const decisions = { putBack: true, approved: [] };
      expect(await desk.submit(later, decisions)).toHaveProperty('putBack', 3);
      expect(await desk.submit(later, decisions)).toHaveProperty('putBack', 3);
      expect(await desk.check(later, submitted)).toMatchObject({ own: 3, earlier: 3 });
      expect(await Promise.all(training.map((id) => site.monai.getLabel(id, 'final')))).toEqual(labels);
    },
  );

  it('is compared again before a training is asked for once more: what a restart has emptied is not trained on', async () => {
    const submission = await desk.submit(first);
    const began = await desk.check(first, submission);
    const { training } = await imagesOf(site, submission);
    const args = { id: first.id, input: first.input, firstRunId: 'first', tryNumber: 1, submission, began };
    await removeBehindOurBack(site, training.slice(0, 1), 'label');
    const refused = await refusedBy(site.run('startTraining', { ...args, isAsked: true }));
    expect(refused).toMatchObject({ type: 'TrainingSetDiffers', facts: { missing: [expect.any(String)], count: 1 } });
    expect(await site.monai.trainings()).toEqual([]);
    const decisions = { putBack: true, approved: [] };
    await desk.submit(first, decisions);
    expect(await site.run('startTraining', { ...args, isAsked: true })).toMatchObject({ joined: false });
  });

  it('loses a frame that is held out from now on, once somebody agrees', async () => {
    const all = { ...first, input: { ...first.input, training: { ...first.input.training!, heldOutFraction: 0 } } };
    await desk.submit(all);
    const refused = await refusedBy(desk.submit(first));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 1 } });
    const decisions = { putBack: false, approved: [String(refused.facts['approves'])] };
    const submission = await desk.submit(first, decisions);
    expect(submission).toMatchObject({ training: 3, heldOut: 1, removed: 1 });
    expect(await desk.submit(first, decisions)).toEqual(submission);
    expect(await desk.check(first, submission)).toMatchObject({ own: 3 });
  });
});

describe('the watcher of MONAI Label', () => {
  it('is found dead where labels are listed that are gone', async () => {
    const submission = await desk.submit(first);
    await site.sandboxMonai.restart({ watcherLimit: { writes: 1, gapMs: 100 } });
    await desk.submit(first);
    const [id = ''] = (await imagesOf(site, submission)).training;
    const bytes = (await site.monai.getLabel(id, 'final')) ?? new Uint8Array();
    await site.monai.putLabel({ imageId: id, tag: 'final', fileName: 'a.png', bytes, labelInfo: [] });
    await fetch(`${site.monai.url}/datastore/label?id=${id}&tag=final`, { method: 'DELETE' });
    const refused = await refusedBy(desk.check(first, submission));
    expect(refused).toMatchObject({ type: 'DatastoreStale', facts: { count: 1, images: [id] } });
  });
});

describe('what a training reads', () => {
  const OWN = { firstRunId: '01a20465-76ec-7c5e-a828-eb31972b201c', tryNumber: 1 };

  it('is the sealed labels and nothing else, at every training of two iterations', async () => {
    const expected = new Map<string, string>();
    for (const iteration of [first, await desk.second()]) {
      const submission = await desk.submit(iteration);
      const { frames } = await readSubmission(site.store, submission.manifest);
      for (const { imageId: id, submittedSha256 } of frames)
        if (submittedSha256 !== null) expected.set(id, submittedSha256);
      await desk.check(iteration, submission);
      const training = await site.run('startTraining', { ...iteration, submission, ...OWN });
      await site.run('watchTraining', { ...iteration, training });
      expect(await desk.checkAfter(iteration, submission)).not.toHaveProperty('differs');
      expect(site.sandboxMonai.trainedOn.at(-1)?.labels).toEqual(expected);
      await giveReceipt(site, iteration, submission);
    }
    const requests = site.log.count({ server: 'monai', method: 'POST', path: /^\/train/ });
    expect([requests, site.sandboxMonai.trainedOn.length]).toEqual([2, 2]);
    for (const { labels } of site.sandboxMonai.trainedOn) {
      for (const id of labels.keys()) expect([desk.trained.has(id), desk.heldOut.has(id)]).toEqual([true, false]);
    }
  }, 240_000);

  it('never mixes labels whose classes are numbered in two ways', async () => {
    await giveReceipt(site, first, await desk.submit(first));
    const training = { ...first.input.training!, model: 'other' };
    const later = await sealIteration(site, { task: 'Iteration_2', training });
    const refused = await refusedBy(desk.submit(later));
    expect(refused).toMatchObject({ type: 'LabelTableChanged', facts: { model: 'other' } });
    expect(refused.facts['classes']).toContain(`fat: 1 in ${first.id}, now 3`);
    const submission = await desk.submit(later, { putBack: false, approved: [String(refused.facts['approves'])] });
    expect(await desk.check(later, submission)).toMatchObject({ own: 3, earlier: 3 });
    for (const id of desk.trained) {
      const label = readMask((await site.monai.getLabel(id, 'final')) ?? new Uint8Array(), id);
      const name = /frame_\d+/.exec(id)?.[0] ?? '';
      const sealed = readMask(await readFile(join(site.scenes.masksDir, `${name}.png`)), name);
      const indexOf: Readonly<Record<number, number>> = { 0: 0, 1: 1, 2: 2, 4: 3 };
      expect([...label.values]).toEqual([...sealed.values].map((value) => indexOf[value]));
    }
  });
});
