import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { heldOutTaskNow } from '../../src/activities/gate/held-out-task-now.ts';
import { readSubmission } from '../../src/activities/read-manifest.ts';
import { appendVersion } from '../../src/activities/training-set/set-chain.ts';
import { gateRows } from '../../src/cli/format/gate.ts';
import { createCvat } from '../../src/cvat/client.ts';
import type { TrainingOptions } from '../../src/contracts/training.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { draw } from '../kit/annotate.ts';
import { recordReceipt } from '../kit/recorded-iteration.ts';
import {
  giveReceipt,
  imagesOf,
  removeBehindOurBack,
  sealIteration,
  type SealedIteration,
} from '../kit/sealed-iteration.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';

const OWN = { firstRunId: 'first', tryNumber: 1 };

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
});
afterEach(async () => desk.close());

/** The same iteration with other held-out frames. */
function holdingOut(iteration: SealedIteration, changes: Partial<TrainingOptions>): SealedIteration {
  const { training } = iteration.input;
  if (training === null) throw new Error('the iteration trains nothing');
  return { ...iteration, input: { ...iteration.input, training: { ...training, ...changes } } };
}

async function measure({ id, input, task }: SealedIteration, submission: Awaited<ReturnType<TrainingDesk['submit']>>) {
  return site.run('measureModel', { id, input, ...OWN, task, submission, taken: [], known: null });
}

describe('frames of another task that are held out', () => {
  /** Labels of the first task are set aside when it gets its receipt, and would come back at the next training. */
  async function setAsideWithReceipt(): Promise<readonly string[]> {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const second = await desk.second();
    const submitted = await desk.submit(second);
    await desk.check(second, submitted);
    await giveReceipt(site, first, submission);
    await giveReceipt(site, second, submitted);
    return (await imagesOf(site, submission)).training;
  }

  it('are told to be trained on though their labels are set aside, and leave the training set once somebody agrees', async () => {
    const trained = await setAsideWithReceipt();
    const third = await sealIteration(site, { task: 'Iteration_3' });
    const heldOut = { kind: 'task', task: first.input.task } as const;
    const later = holdingOut(third, { heldOut });
    const refused = await refusedBy(desk.submit(later));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 3 } });
    const decisions = { putBack: false, approved: [String(refused.facts['approves'])] };
    const submission = await desk.submit(later, decisions);
    expect(submission).toMatchObject({ training: 4, heldOut: 0, removed: 3 });
    expect(await desk.submit(later, decisions)).toEqual(submission);
    // The labels are right as they were sealed.
    expect(await site.store.listNamed('amendments/')).toEqual([]);
    expect(await desk.check(later, submission)).toMatchObject({ own: 4, earlier: 3 });
    const listed = await site.monai.trainingSet();
    expect(trained.filter((id) => listed.includes(id))).toEqual([]);
    desk.own(trained[0] ?? '');
    await desk.putForeign(trained[0] ?? '');
    expect((await refusedBy(desk.check(later, submission))).facts['held out']).toHaveLength(1);
  });

  it('are not measured while the training set names them, whatever the trainer holds', async () => {
    await setAsideWithReceipt();
    const third = await sealIteration(site, { task: 'Iteration_3' });
    const submission = await desk.submit(third);
    const heldOut = { kind: 'task', task: first.input.task } as const;
    const refused = await refusedBy(measure(holdingOut(third, { heldOut }), submission));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 3 } });
    expect(refused.facts['approves']).toBeUndefined();
  });
});

describe('a task that is held out and edited after its seal', () => {
  it('is measured on as it was sealed, and what was edited since is told with both hashes', async () => {
    await recordReceipt(site, { task: first.task, seal: first.seal, labels: first.labels }, first);
    const heldOut = { kind: 'task', task: first.input.task } as const;
    const second = holdingOut(await desk.second(), { heldOut });
    const submission = await desk.submit(second);
    const before = await measure(second, submission);
    expect(before.heldOutTask).toEqual({ id: first.id, seal: first.seal.artifact, edits: 0, list: null });
    await draw(site, first.task);
    const after = await measure(second, submission);
    expect(after.heldOut).toEqual(before.heldOut);
    expect(after.heldOutTask).toMatchObject({ id: first.id, seal: first.seal.artifact, edits: 1 });
    expect(gateRows({ modelBefore: after })).toEqual([
      [
        'measured on',
        expect.stringMatching(/^SurgVU\/Iteration_1 as it was sealed \([0-9a-f]{12}\); 1 edit since \([0-9a-f]{12}\)/),
      ],
    ]);
    const credentials = async () => ({ kind: 'password', username: 'a', password: 'b' }) as const;
    const cvat = createCvat({ url: 'http://127.0.0.1:9', organization: null, credentials, pace: { firstGapMs: 1 } });
    const { signal } = new AbortController();
    const away = await heldOutTaskNow({ cvat, store: site.store, signal }, second.input);
    expect(away).toMatchObject({ id: first.id, edits: null, list: null });
  });
});

describe('what is held out and trained on under another name', () => {
  it('is told where a frame of another task is of the same group, and leaves the training set once somebody agrees', async () => {
    const submission = await desk.submit(first);
    await giveReceipt(site, first, submission);
    const { frames } = await readSubmission(site.store, submission.manifest);
    const { name = '', imageId = '' } = frames.find(({ part }) => part === 'training') ?? {};
    const list = await site.store.put(Buffer.from(name));
    const named = { heldOut: { kind: 'names', list } } as const;
    const second = await desk.second();
    const grouped = holdingOut(second, { ...named, group: String.raw`(\d+)` });
    const group = await refusedBy(desk.submit(grouped));
    // Of its own frames one is of the group that the first iteration holds out.
    expect(group).toMatchObject({ type: 'HeldOutTrained', facts: { count: 1 } });
    expect(group.message).toContain(`1 frame of the task is of a group that another iteration holds out: "frame_00000`);
    const agreed = { putBack: false, approved: [String(group.facts['approves'])] };
    const refused = await refusedBy(desk.submit(grouped, agreed));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { frames: [`${name} (${first.id})`] } });
    expect(refused.message).toContain('1 frame of the training set is held out, or of a group or picture that is');
    const alone = await desk.submit(holdingOut(second, named));
    expect(await refusedBy(measure(grouped, alone))).toMatchObject({ type: 'HeldOutTrained', facts: { count: 1 } });
    const decisions = { putBack: false, approved: [...agreed.approved, String(refused.facts['approves'])] };
    const submitted = await desk.submit(grouped, decisions);
    // With that of its own frame, which the try without groups had submitted.
    expect(submitted).toMatchObject({ training: 2, heldOut: 2, removed: 2, unmeasured: { copies: 0, others: 1 } });
    expect(await desk.submit(grouped, decisions)).toEqual(submitted);
    expect(await desk.check(grouped, submitted)).toMatchObject({ own: 2, earlier: 2 });
    expect(await site.monai.getLabel(imageId, 'final')).toBeNull();
    expect((await measure(grouped, submitted)).frames).toBe(1);
  });

  it('is told where another task was trained on the very picture, and leaves the training set once somebody agrees', async () => {
    const submission = await desk.submit(first);
    await giveReceipt(site, first, submission);
    const { frames } = await readSubmission(site.store, submission.manifest);
    const { name = '' } = frames.find(({ part }) => part === 'training') ?? {};
    const list = await site.store.put(Buffer.from(name));
    const second = await desk.second({ samePictures: true });
    const held = holdingOut(second, { heldOut: { kind: 'names', list } });
    const refused = await refusedBy(desk.submit(held));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { frames: [`${name} (${first.id})`] } });
    const decisions = { putBack: false, approved: [String(refused.facts['approves'])] };
    const submitted = await desk.submit(held, decisions);
    // What the first iteration holds out is not trained on here either.
    expect(submitted).toMatchObject({ training: 2, heldOut: 2, removed: 1, unmeasured: { copies: 0, others: 1 } });
    expect(await desk.submit(held, decisions)).toEqual(submitted);
    expect(await desk.check(held, submitted)).toMatchObject({ own: 2, earlier: 2 });
    expect((await measure(held, submitted)).frames).toBe(1);
  });

  it('is not measured where another task came to be trained on the very picture since the submission', async () => {
    const list = await site.store.put(Buffer.from('frame_000001.png'));
    const held = holdingOut(first, { heldOut: { kind: 'names', list } });
    const submission = await desk.submit(held);
    const { frames } = await readSubmission(site.store, submission.manifest);
    const { imageSha256 = '' } = frames.find(({ name }) => name === 'frame_000001.png') ?? {};
    const second = await desk.second();
    await desk.submit(second);
    // A version before this one did not compare the pictures.
    await appendVersion(site.store, monaiTrainer(site.monai), second.id, (set) => ({
      ...set,
      frames: set.frames.map((frame) =>
        frame.by === second.id && frame.name === 'frame_000002.png' ? { ...frame, imageSha256 } : frame,
      ),
    }));
    expect(await refusedBy(measure(held, submission))).toMatchObject({
      type: 'HeldOutTrained',
      facts: { frames: [`frame_000002.png (${second.id})`] },
    });
  });

  it('is told where a folder holds the very pictures that are trained on, none of which is given to the trainer again', async () => {
    const submission = await desk.submit(first);
    await desk.check(first, submission);
    const { imagesDir, masksDir } = site.scenes;
    const folders = { images: await describeFolder(imagesDir), masks: await describeFolder(masksDir) };
    const held = holdingOut(first, { heldOut: { kind: 'folder', ...folders } });
    const { total } = await site.monai.datastoreStats();
    const refused = await refusedBy(measure(held, submission));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 3 } });
    // The fourth picture is held out by the task itself.
    expect((await site.monai.datastoreStats()).total).toBe(total + 1);
  });

  it('is told where somebody else labelled the very picture, which nobody can approve', async () => {
    const submission = await desk.submit(first);
    const [held = ''] = [...desk.heldOut];
    const bytes = (await site.monai.getImage(held)) ?? new Uint8Array();
    for (const imageId of ['copy', 'other']) {
      const picture = imageId === 'copy' ? bytes : await readFile(join(site.scenes.masksDir, 'frame_000002.png'));
      await site.monai.putImage({ imageId, fileName: `${imageId}.png`, bytes: picture });
      await desk.putForeign(imageId);
    }
    const refused = await refusedBy(desk.check(first, submission));
    expect(refused).toMatchObject({ type: 'TrainingSetDiffers', facts: { count: 2 } });
    expect(refused.facts).toMatchObject({ 'held out': [expect.stringContaining('copy')], extra: [expect.any(String)] });
    expect(refused.facts).not.toHaveProperty('approves');
    await removeBehindOurBack(site, ['copy'], 'label');
    const later = await refusedBy(desk.check(first, submission));
    const decisions = { putBack: false, approved: [String(later.facts['approves'])] };
    expect(await desk.check(first, submission, decisions)).toMatchObject({ own: 3, approved: 1 });
  });
});
