import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readHeldOut, readSubmission } from '../../src/activities/read-manifest.ts';
import type { HeldOutSource } from '../../src/contracts/gate.ts';
import type { SubmissionRef } from '../../src/contracts/training.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { openGateSite, type GateSite } from '../kit/gate-site.ts';
import { ownPictures } from '../kit/own-pictures.ts';
import { replaceImage } from '../kit/replace-image.ts';
import { removeBehindOurBack, type SealedIteration } from '../kit/sealed-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

const ID = 'SurgVU/Iteration_1';
const OWN = { firstRunId: 'first', tryNumber: 1 };

describe('a held-out picture', () => {
  let site: GateSite;
  let another: Uint8Array;
  beforeAll(async () => {
    site = await openGateSite(['old', 'new', 'other']);
    another = await readFile(join(site.scenes.truthDir, 'frame_000000.png'));
  });
  afterAll(async () => site.close());

  const measure = async (model: string, submission: SubmissionRef) =>
    site.run('measureModel', {
      id: ID,
      input: site.input(model),
      ...OWN,
      task: site.task,
      submission,
      taken: [],
      known: null,
    });

  /** The submission as a version wrote it that noted no hashes of images. */
  async function withoutHashes(): Promise<SubmissionRef> {
    const content = await readSubmission(site.store, site.submission.manifest);
    const frames = content.frames.map(({ imageSha256: _, ...frame }) => frame);
    const manifest = await site.store.put(Buffer.from(JSON.stringify({ ...content, frames })));
    return { ...site.submission, manifest };
  }

  it('is the same before and after a training, or no model is measured on any, and all that differ are told', async () => {
    const { submission } = site;
    await site.publishWeak('new');
    const before = await measure('new', submission);
    const { frames } = await readHeldOut(site.store, before.heldOut);
    const held = await Promise.all(frames.map(async ({ imageId }) => site.monai.getImage(imageId)));
    expect(frames.map(({ imageSha256 }) => imageSha256)).toEqual(held.map((bytes) => hashBytes(bytes!)));
    const model = await site.train('new', 'a-run', 2);
    for (const { imageId } of frames.slice(0, 2)) await replaceImage(site, imageId, another);
    const input = site.input('new');
    const predicted = () => site.log.count({ server: 'monai', method: 'POST', path: /^\/infer\// });
    const earlier = predicted();
    const after = site.run('evaluateModel', { id: ID, input, submission, model, before });
    expect(await refusedBy(after)).toMatchObject({ type: 'ImageConflict', facts: { count: 2 } });
    await site.publishWeak('other');
    expect(await refusedBy(measure('other', submission))).toMatchObject({ type: 'ImageConflict' });
    expect(predicted()).toBe(earlier);
  });

  it('is taken as it is where an older manifest has no hash', async () => {
    const submission = await withoutHashes();
    const [{ imageId } = { imageId: '' }] = (await readSubmission(site.store, submission.manifest)).frames;
    await replaceImage(site, imageId, another);
    await site.publishWeak('old');
    const before = await measure('old', submission);
    expect((await readHeldOut(site.store, before.heldOut)).frames[0]).not.toHaveProperty('imageSha256');
    const model = await site.train('old', 'a-run', 2);
    const input = site.input('old');
    const evaluation = await site.run('evaluateModel', { id: ID, input, submission, model, before });
    expect(evaluation).toMatchObject({ frames: 3, gate: { before: { checksum: before.checksum } } });
  });
});

describe('a held-out picture that was removed in the trainer', () => {
  let desk: TrainingDesk;
  beforeEach(async () => {
    desk = await openTrainingDesk();
  });
  afterEach(async () => desk.close());

  it.each(['of the task', 'of a folder'] as const)('comes back as it was to be measured on, %s', async (where) => {
    const { site } = desk;
    const images = await ownPictures(site.scenes.imagesDir, 'Outside');
    const heldOut: HeldOutSource = { kind: 'folder', images, masks: await describeFolder(site.scenes.masksDir) };
    const training = { ...desk.first.input.training!, ...(where === 'of a folder' ? { heldOut } : {}) };
    const first: SealedIteration = { ...desk.first, input: { ...desk.first.input, training } };
    const submission = await desk.submit(first);
    const { id, input, task } = first;
    const own = { id, input, submission };
    const before = await site.run('measureModel', { ...own, ...OWN, task, taken: [], known: null });
    await desk.check(first, submission);
    const started = await site.run('startTraining', { ...own, ...OWN });
    const model = await site.run('watchTraining', { id, input, training: started });
    const [frame] = (await readHeldOut(site.store, before.heldOut)).frames;
    await replaceImage(site, frame!.imageId, await readFile(join(site.scenes.masksDir, 'frame_000000.png')));
    const evaluate = async () => site.run('evaluateModel', { ...own, model, before });
    expect(await refusedBy(evaluate())).toMatchObject({
      type: 'ImageConflict',
      facts: { frames: [`${frame!.name} (${frame!.imageId})`] },
    });
    await removeBehindOurBack(site, [frame!.imageId], 'image');
    expect(await evaluate()).toMatchObject({ frames: before.frames });
    expect(hashBytes((await site.monai.getImage(frame!.imageId))!)).toBe(frame!.imageSha256);
  });
});
