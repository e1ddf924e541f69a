import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, describe, it } from '@jest/globals';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { imagesOf, removeBehindOurBack, sealIteration } from '../kit/sealed-iteration.ts';
import { refusedBy } from '../kit/training-desk.ts';
import { until } from '../kit/training-site.ts';

const OWN = { firstRunId: 'first', tryNumber: 1 };

let site: ActivitySite;
beforeEach(async () => {
  const pace = { epochMs: 60, startMs: 1, exitMs: 1 };
  site = await openActivitySite({ frames: 4, sandboxMonai: { watcherLimit: null, watcherMs: 20, ...pace } });
});
afterEach(async () => site.close());

/** A training of the sealed labels, whose process dies with its server after an epoch. */
async function lostTraining() {
  const sealed = await sealIteration(site);
  const { training } = site.input;
  const input = {
    ...site.input,
    training: { ...training!, maxEpochs: 8 },
    timing: { ...site.input.timing, stalledAfterMs: 500 },
  };
  const submission = await site.run('submitLabels', { ...sealed, input });
  const began = await site.run('checkTrainingSet', { input, submission });
  const started = await site.run('startTraining', { input, submission, ...OWN, began });
  await until(async () => ((await site.monai.trainStats(training!.model))?.epoch ?? 0) >= 1);
  await site.sandboxMonai.restart();
  site.sandboxMonai.killProcesses();
  return { args: { input, training: started, began }, images: await imagesOf(site, submission) };
}

const requests = (): number => site.log.count({ server: 'monai', method: 'POST', path: /^\/train\//, status: 200 });

describe('a training that its server has lost', () => {
  it('is not started again on other labels than it began with, nor on fewer', async () => {
    const { args, images } = await lostTraining();
    const [heldOut = ''] = images.heldOut;
    const bytes = await readFile(join(site.scenes.masksDir, 'frame_000003.png'));
    const label = { imageId: heldOut, tag: 'final', fileName: 'a.png', bytes, labelInfo: [] };
    await site.monai.putLabel(label);
    const held = await refusedBy(site.run('watchTraining', args));
    expect(held).toMatchObject({ type: 'TrainingSetDiffers', facts: { 'held out': [expect.any(String)], count: 1 } });
    expect(requests()).toBe(1);
    await removeBehindOurBack(site, [heldOut, ...images.training.slice(0, 1)], 'label');
    const fewer = await refusedBy(site.run('watchTraining', args));
    expect(fewer).toMatchObject({ type: 'TrainingSetDiffers', facts: { missing: [expect.any(String)] } });
    expect(requests()).toBe(1);
  });

  it('is started again under its name where the labels are the same', async () => {
    const { args } = await lostTraining();
    expect(await site.run('watchTraining', args)).toMatchObject({ epochs: 8 });
    expect(requests()).toBe(2);
  });
});
