import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SANDBOX_MODEL } from '../../src/sandbox/monai/start-sandbox-monai.ts';
import { chooseSamples } from '../../src/activities/selection/choose-samples.ts';
import { monaiTrainer } from '../../src/trainer/monai-trainer.ts';
import { storedPredictions } from '../../src/activities/withdrawal/stored-predictions.ts';
import type { SampleList } from '../../src/contracts/selection.ts';
import { quietEnvironment } from '../kit/activity-site.ts';
import { predicted, publishModel } from '../kit/prediction-site.ts';
import {
  namesOf,
  openSelectionSite,
  promoteModel,
  UNCERTAIN,
  videoFiles,
  type PolicyChanges,
  type SelectionSite,
} from '../kit/selection-site.ts';
import { until } from '../kit/training-site.ts';

let site: SelectionSite;
beforeEach(async () => {
  site = await openSelectionSite();
});
afterEach(async () => site.close());

const strategiesOf = ({ samples }: SampleList): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { strategy } of samples) counts[strategy] = (counts[strategy] ?? 0) + 1;
  return counts;
};

describe('choosing where a model is unsure', () => {
  it('chooses at random and says so while no model was ever published', async () => {
    await site.add(videoFiles([4]));
    const list = await site.list(1, UNCERTAIN);
    expect(strategiesOf(list)).toEqual({ random: 3 });
    expect(list).toMatchObject({ model: null, uncertainty: null });
    expect(list.notes.join(' ')).toContain('none was ever published');
    expect(predicted(site)).toBe(0);
  });

  it('asks about mirror images first, and about the disagreement of two models once there are two', async () => {
    await site.add(videoFiles([6, 6]));
    const first = await publishModel(site, 1);
    await promoteModel(site, first);
    const one = await site.list(1, UNCERTAIN);
    expect(one).toMatchObject({ uncertainty: 'flips', model: first, pool: { candidates: 12 } });
    expect(one.notes.join(' ')).toContain('no model was published before');
    const scores = one.samples.map(({ score }) => score ?? -1);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.every((score) => score >= 0 && score <= 1)).toBe(true);
    expect(predicted(site)).toBe(3 * 12);
    // Nothing of it is an image of the trainer.
    expect((await site.monai.datastoreStats()).total).toBe(0);

    const second = await publishModel(site, 2);
    await promoteModel(site, second);
    const two = await site.list(2, UNCERTAIN);
    expect(two).toMatchObject({ uncertainty: 'disagreement', model: second, pool: { candidates: 9 } });
    // Each of the nine that are left once, by the new model; the old one is not asked again.
    expect(predicted(site)).toBe(3 * 12 + 9);
  });

  it('meets half of its candidates again, so that two models can be compared in a pool that is never looked through', async () => {
    await site.add(videoFiles([20, 20]));
    await promoteModel(site, await publishModel(site, 1));
    const few: PolicyChanges = { ...UNCERTAIN, batchSize: 2, selection: { ...UNCERTAIN.selection, candidates: 10 } };
    expect(await site.list(1, few)).toMatchObject({ uncertainty: 'flips', pool: { frames: 40, candidates: 10 } });
    await promoteModel(site, await publishModel(site, 2));
    const before = predicted(site);
    expect(await site.list(2, few)).toMatchObject({ uncertainty: 'disagreement', notes: [], pool: { candidates: 10 } });
    expect(predicted(site) - before).toBe(10);
  });

  it('keeps no prediction of a dry run', async () => {
    await site.add(videoFiles([3]));
    await promoteModel(site, await publishModel(site, 1));
    const before = await site.store.listNamed('');
    const trainer = monaiTrainer(site.monai);
    const deps = { store: site.store, connect: () => ({ cvat: site.cvat, monai: site.monai, trainer }) };
    const running = { signal: new AbortController().signal, report: () => undefined };
    const { list } = await chooseSamples(deps, await site.argsFor(1, UNCERTAIN), running, { dry: true });
    expect(strategiesOf(list)).toEqual({ uncertainty: 3 });
    expect(await site.store.listNamed('')).toEqual(before);
    expect({ ...(await site.list(1, UNCERTAIN)), images: null }).toEqual(list);
  });

  it('predicts no image again after it was ended in the middle', async () => {
    await site.add(videoFiles([5]));
    await promoteModel(site, await publishModel(site, 1));
    const env = quietEnvironment();
    env.on('heartbeat', (progress: { readonly phase?: string; readonly done?: number } | undefined) => {
      if (progress?.phase === 'prediction' && progress.done === 2) env.cancel();
    });
    await expect(site.select(1, UNCERTAIN, env)).rejects.toMatchObject({ name: 'CancelledFailure' });
    const before = predicted(site);
    expect(before).toBeGreaterThanOrEqual(6);
    const kept = (await site.store.listNamed('predictions/')).length;
    expect(kept).toBeGreaterThanOrEqual(6);
    expect(kept).toBeLessThan(15);
    await site.select(1, UNCERTAIN);
    // What was under way when it ended is asked for again, and nothing that had been answered and looked at.
    expect(predicted(site) - before).toBe(15 - kept);
  });

  it('shares a batch out exactly, and takes no frame for two strategies', async () => {
    await site.add(videoFiles([9, 9]));
    await promoteModel(site, await publishModel(site, 1));
    const mixture = [
      { strategy: 'uncertainty', share: 0.5 },
      { strategy: 'diverse', share: 0.3 },
      { strategy: 'random', share: 0.2 },
    ] as const;
    const list = await site.list(1, { batchSize: 10, selection: { mixture, uncertainty: 'flips' } });
    expect(strategiesOf(list)).toEqual({ uncertainty: 5, diverse: 3, random: 2 });
    expect(new Set(namesOf(list)).size).toBe(10);
    const diverse = list.samples.filter(({ strategy }) => strategy === 'diverse').map(({ score }) => score ?? -1);
    expect(diverse).toEqual(diverse.toSorted((a, b) => b - a));
    expect(diverse.every((score) => score > 0)).toBe(true);
  });

  it('chooses only frames in which the model sees something, and says how many it looked at', async () => {
    await site.add(videoFiles([6]));
    await promoteModel(site, await publishModel(site, 1));
    const foreground: PolicyChanges = {
      batchSize: 4,
      selection: { mixture: [{ strategy: 'foreground-random', share: 1 }] },
    };
    const list = await site.list(1, foreground);
    expect(strategiesOf(list)).toEqual({ 'foreground-random': 4 });
    expect(predicted(site)).toBeLessThanOrEqual(6);
  });

  it('waits while a training may publish a model that nobody has judged', async () => {
    await site.add(videoFiles([4]));
    await promoteModel(site, await publishModel(site, 1));
    await site.monai.startTraining(SANDBOX_MODEL, { name: 'somebody', maxEpochs: 1 });
    await expect(site.select(1, UNCERTAIN)).rejects.toMatchObject({ type: 'TrainingBusy', nonRetryable: false });
    await until(async () => (await site.monai.trainings()).every(({ status }) => status === 'ERROR'));
    expect(strategiesOf(await site.list(1, UNCERTAIN))).toEqual({ uncertainty: 3 });
  });

  it('does not go on when somebody publishes another model meanwhile that no register knows', async () => {
    await site.add(videoFiles([16]));
    await promoteModel(site, await publishModel(site, 1));
    const env = quietEnvironment();
    let done = false;
    env.on('heartbeat', (progress: { readonly phase?: string } | undefined) => {
      if (done || progress?.phase !== 'prediction') return;
      done = true;
      void publishModel(site, 2);
    });
    await expect(site.select(1, UNCERTAIN, env)).rejects.toMatchObject({ type: 'ModelChanged' });
    expect(await site.store.listNamed('loops/')).toEqual([]);
  });
});

describe("choosing from MONAI Label's datastore", () => {
  const pool: PolicyChanges = { pool: { kind: 'datastore' }, training: { group: '^(.)' } };

  async function fill(count: number): Promise<void> {
    const images = Object.values(videoFiles([count]));
    for (const [at, bytes] of images.entries()) {
      await site.monai.putImage({ imageId: `img_${at}`, fileName: 'x.png', bytes });
    }
  }

  it('asks the server for one sample after the other, and passes over what it proposes again', async () => {
    await fill(4);
    const label = {
      imageId: 'img_0',
      tag: 'final',
      fileName: 'x.png',
      bytes: videoFiles([1])['video_1/frame_000000.png'] ?? new Uint8Array(),
    };
    await site.monai.putLabel({ ...label, labelInfo: [] });
    const changes = { ...pool, batchSize: 2, selection: { mixture: [{ strategy: 'server', share: 1 }] } } as const;
    const one = await site.list(1, changes);
    expect(strategiesOf(one)).toEqual({ server: 2 });
    expect(namesOf(one)).not.toContain('img_0.png');
    const two = await site.list(2, changes);
    expect(strategiesOf(two)).toEqual({ server: 1 });
    expect([...namesOf(one), ...namesOf(two)].toSorted()).toEqual(['img_1.png', 'img_2.png', 'img_3.png']);
    expect(two.notes.join(' ')).toContain("'epistemic' proposed nothing new 10 times in a row after 1 frames");
    const proposals = site.log.count({ server: 'monai', method: 'POST', path: /^\/activelearning\/epistemic/ });
    expect(proposals).toBeGreaterThanOrEqual(2 + 11);
    expect((await site.select(3, changes)).frames).toBe(0);
  });

  it("follows the server's own scores where they are of the published model, and does not where it is another", async () => {
    await fill(6);
    await promoteModel(site, await publishModel(site, 1));
    const score = async (): Promise<void> => {
      await fetch(`${site.sandboxMonai.url}/scoring/epistemic`, { method: 'POST', body: '{}' });
      await until(async () => {
        const tasks = (await (await fetch(`${site.sandboxMonai.url}/scoring/?all=true`)).json()) as {
          status: string;
        }[];
        return tasks.every(({ status }) => status === 'DONE');
      });
    };
    await score();
    await until(async () => (await site.monai.images()).every(({ uncertainty }) => uncertainty !== null));
    const known = new Map((await site.monai.images()).map(({ id, uncertainty }) => [`${id}.png`, uncertainty?.score]));
    const changes = { ...pool, ...UNCERTAIN, batchSize: 2 };
    const one = await site.list(1, changes);
    expect(one).toMatchObject({ uncertainty: 'server', notes: [] });
    const highest = [...known].toSorted((a, b) => (b[1] ?? 0) - (a[1] ?? 0)).slice(0, 2);
    expect(one.samples.map(({ name, score: value }) => [name, value])).toEqual(highest);
    expect(predicted(site)).toBe(0);

    await new Promise((resolve) => setTimeout(resolve, 1100));
    await promoteModel(site, await publishModel(site, 2));
    const two = await site.list(2, changes);
    expect(two.uncertainty).toBe('flips');
    expect(two.notes.join(' ')).toContain('only 0 of 4 candidates have such a score');
  });

  it('cannot be proposed to by the server where the pool is elsewhere', async () => {
    await site.add(videoFiles([4]));
    const list = await site.list(1, { selection: { mixture: [{ strategy: 'server', share: 1 }] } });
    expect(strategiesOf(list)).toEqual({ random: 3 });
    expect(list.notes.join(' ')).toContain('the pool is none');
  });
});

describe('what is predicted for mirror images', () => {
  it('is known by the image itself, so that it goes when the frame is forgotten', async () => {
    await site.add(videoFiles([2]));
    await promoteModel(site, await publishModel(site, 1));
    const { samples } = await site.list(1, { ...UNCERTAIN, batchSize: 2 });
    const kept = await storedPredictions(site.store);
    expect(kept).toHaveLength(6);
    expect(kept.map(({ image }) => image).toSorted()).toEqual(
      samples.flatMap(({ sha256 }) => [sha256, sha256, sha256]).toSorted(),
    );
  });
});
