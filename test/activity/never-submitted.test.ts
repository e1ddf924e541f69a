import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { unreadLabels } from '../../src/activities/training-set/never-submitted.ts';
import type { ActivitySite } from '../kit/activity-site.ts';
import { removeBehindOurBack, type SealedIteration } from '../kit/sealed-iteration.ts';
import { FRAMES, imagesOf, skippedTrainings, type SkippedTrainings } from '../kit/skipped-trainings.ts';
import { openTrainingDesk, refusedBy, type TrainingDesk } from '../kit/training-desk.ts';
import { withdrawalsOf } from '../kit/withdrawals.ts';

let desk: TrainingDesk;
let site: ActivitySite;
let first: SealedIteration;
let second: SealedIteration;
let skipped: SkippedTrainings;
beforeEach(async () => {
  desk = await openTrainingDesk();
  ({ site, first } = desk);
  skipped = skippedTrainings(desk);
  second = await desk.second();
});
afterEach(async () => desk.close());

describe('sealed labels of an iteration that did not train', () => {
  it('are trained on by the next training of the project, once, and again after a wipe', async () => {
    expect(await desk.submit(first)).not.toHaveProperty('tookUp');
    await skipped.skip(second);
    const submission = await desk.submit(first);
    expect(submission).toMatchObject({ training: 3, tookUp: { count: 1, first: [second.id], labels: 4 } });
    const set = await desk.check(first, submission);
    expect(set).toMatchObject({ own: 3, earlier: 4 });
    expect(set).not.toHaveProperty('neverSubmitted');
    await removeBehindOurBack(site, imagesOf(second).slice(1), 'image');
    expect(await desk.submit(first)).toEqual(submission);
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, earlier: 4, version: set.version });
    expect(await skipped.trainedOf(second)).toEqual(FRAMES);
  });

  it('leave the set where a training of their own holds them out, once somebody agrees', async () => {
    await skipped.skip(second);
    await desk.submit(first);
    const again = { ...second, id: `${second.id}~2` };
    const refused = await refusedBy(desk.submit(again));
    expect(refused).toMatchObject({ type: 'HeldOutTrained', facts: { count: 1 } });
    const decisions = { putBack: false, approved: [String(refused.facts['approves'])] };
    expect(await desk.submit(again, decisions)).toMatchObject({ training: 3, heldOut: 1, removed: 1 });
    expect(await skipped.trainedOf(second)).toHaveLength(3);
  });

  it.each(['task', 'ground-truth'] as const)('are left alone where this one holds out their %s', async (kind) => {
    await skipped.skip(second);
    const holding = { ...first.input, training: skipped.trainingWith({ heldOut: { kind, task: second.input.task } }) };
    const about = { id: first.id, set: { origins: {} }, others: [] };
    expect(await unreadLabels(site.store, { ...about, input: first.input })).toMatchObject({ skipped: [second.id] });
    expect(await unreadLabels(site.store, { ...about, input: holding })).toMatchObject({ skipped: [] });
  });

  it('are left alone where an iteration with a receipt was measured on their task', async () => {
    await skipped.skip(second);
    const heldOut = { kind: 'task', task: second.input.task } as const;
    await skipped.skip(
      { ...first, id: `${first.id}~0`, input: { ...first.input, task: 'Iteration_0' } },
      skipped.trainingWith({ heldOut }),
    );
    const submission = await desk.submit(first);
    expect((submission.tookUp?.first ?? []).includes(second.id)).toBe(false);
    expect(await skipped.trainedOf(second)).toEqual([]);
  });

  it('are left alone where a loop has made their task to hold it out, before anything is measured on it', async () => {
    const loop = { name: 'vessels', number: 0, policy: second.labels.manifest, selection: null };
    await skipped.skip({ ...second, input: { ...second.input, loop } });
    expect(await desk.submit(first)).not.toHaveProperty('tookUp');
    expect(await skipped.trainedOf(second)).toEqual([]);
  });

  it('are trained on but for what was excluded, and what their own training would have held out', async () => {
    const list = await site.store.put(Buffer.from(FRAMES[1] ?? ''));
    await skipped.skip(second, skipped.trainingWith({ heldOut: { kind: 'names', list } }));
    await withdrawalsOf({ ...site, input: second.input }).record('exclude', [FRAMES[2] ?? '']);
    const submission = await desk.submit(first);
    expect(submission.tookUp).toMatchObject({ labels: 2 });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[3]]);
    expect(await desk.check(first, submission)).toMatchObject({ own: 3, earlier: 2 });
  });

  it('are trained on but for frames of a group that this iteration holds out', async () => {
    await skipped.skip(second);
    const list = await site.store.put(Buffer.from(FRAMES[1] ?? ''));
    const grouped = skipped.trainingWith({ heldOut: { kind: 'names', list }, group: String.raw`(\d+)` });
    const submission = await desk.submit({ ...first, input: { ...first.input, training: grouped } });
    expect(submission).toMatchObject({ training: 3, heldOut: 1, tookUp: { labels: 3 } });
    expect(await skipped.trainedOf(second)).toEqual([FRAMES[0], FRAMES[2], FRAMES[3]]);
  });

  it('are told of, and not trained on, where no training was ever to read them: they may be kept to measure with', async () => {
    await skipped.skip(second, null);
    const submission = await desk.submit(first);
    expect(submission).not.toHaveProperty('tookUp');
    expect(await desk.check(first, submission)).toMatchObject({
      earlier: 0,
      neverSubmitted: { count: 1, first: [second.id] },
    });
  });

  it('are of the newest receipt of their task, also where that has none', async () => {
    await skipped.skip(second);
    const labels = { ...second.labels, frames: 0 };
    const seal = { ...second.seal, sealedAt: '2999-01-01T00:00:00.000Z' };
    await skipped.skip({ ...second, id: `${second.id}~2`, labels, seal });
    expect(await desk.submit(first)).not.toHaveProperty('tookUp');
  });

  it('are told of where they cannot be trained on, and keep nobody from training', async () => {
    await skipped.skip({ ...second, task: { ...second.task, taskId: 999 } });
    await rm(fileURLToPath(second.input.images!.uri), { recursive: true });
    const submission = await desk.submit(first);
    expect(submission).not.toHaveProperty('tookUp');
    expect(await desk.check(first, submission)).toMatchObject({
      own: 3,
      earlier: 0,
      neverSubmitted: { count: 1, first: [second.id] },
    });
  });
});
