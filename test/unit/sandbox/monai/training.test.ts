import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readMask } from '../../../../src/coco/read-mask.ts';
import type { RunningServer } from '../../../../src/sandbox/running-server.ts';
import type { Scene } from '../../../../src/sandbox/scenes/generate-scenes.ts';
import { ask, form, modelLabels, settledTasks, startFast, train, uploadScenes } from './talk.ts';

const FRAMES = 8;
/** So many that this run's best epoch is not its last. */
const EPOCHS = 9;
let server: RunningServer;
let scenes: Scene[];
let untrained: number;

beforeAll(async () => {
  server = await startFast({ seed: 3 });
  scenes = await uploadScenes(server.url, FRAMES);
  untrained = await dicePredicted();
  await train(server.url, { max_epochs: EPOCHS, name: 'n9', val_split: 0.25 });
});
afterAll(() => server.close());

/** Mean Dice of what the server predicts for the last quarter of the images, by its own simple arithmetic. */
async function dicePredicted(url = server.url): Promise<number> {
  const perImage: number[] = [];
  for (const [index, scene] of scenes.entries()) {
    if (index < FRAMES * 0.75) continue;
    const answer = await ask(url, 'POST', `/infer/segmentation?image=s${index}&output=image`);
    const predicted = [...readMask(answer.bytes, 'prediction').values];
    const label = [...modelLabels(scene).values];
    const classes = [1, 2, 3].filter((value) => label.includes(value));
    const dice = classes.map((value) => {
      const both = predicted.filter((said, at) => said === value && label[at] === value).length;
      const size = (values: number[]) => values.filter((other) => other === value).length;
      return (2 * both) / (size(predicted) + size(label));
    });
    perImage.push(dice.reduce((sum, one) => sum + one, 0) / dice.length);
  }
  return perImage.reduce((sum, one) => sum + one, 0) / perImage.length;
}

const stats = async () =>
  JSON.parse((await ask(server.url, 'GET', '/model/info/segmentation')).text) as {
    train_stats: Stats;
    checksum: string;
  };

interface Stats {
  readonly total_epochs: number;
  readonly epoch: number;
  readonly total_time?: string;
  readonly best_metric: number;
  readonly eval: { readonly best_metric: number; readonly best_metric_epoch: number };
}

describe('training on the stand-in', () => {
  it('ends as DONE with the last lines of its log and both times', async () => {
    const [task] = await settledTasks(server.url);
    expect(task).toMatchObject({
      status: 'DONE',
      request: { model: 'segmentation', max_epochs: EPOCHS, name: 'n9', val_split: 0.25, gpus: 'all' },
    });
    expect(task?.details.length).toBeLessThanOrEqual(20);
    expect(task?.details.join('\n')).toMatch(/INFO - Epoch\[9\] Metrics -- val_mean_dice: 0\.\d{4}\n/);
    expect(task?.start_ts).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(task?.end_ts).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
  });

  it('publishes the best checkpoint, not the last, and states the Dice that it really reaches', async () => {
    const { train_stats: facts } = await stats();
    expect(facts).toMatchObject({
      rank: 0,
      epoch: EPOCHS,
      total_epochs: EPOCHS,
      total_time: expect.stringMatching(/^0:00:\d\d$/),
    });
    expect(facts.best_metric).toBe(facts.eval.best_metric);
    expect(facts.eval.best_metric_epoch).toBeLessThan(EPOCHS);
    expect(await dicePredicted()).toBeCloseTo(facts.best_metric, 10);
  });

  it('predicts better than before the first training', async () => {
    expect(await dicePredicted()).toBeGreaterThan(untrained + 0.2);
  });

  it('names the checksum of the file that it serves', async () => {
    const file = await ask(server.url, 'GET', '/model/segmentation');
    const digest = createHash('sha256').update(file.bytes).digest('hex');
    expect((await stats()).checksum).toBe(`SHA256:${digest}`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="segmentation.pt"');
  });

  it('comes to the same model from the same seed and data, and to another from another seed', async () => {
    const checksums: string[] = [];
    for (const seed of [3, 4]) {
      const other = await startFast({ seed });
      await uploadScenes(other.url, FRAMES);
      await train(other.url, { max_epochs: EPOCHS, name: 'n9', val_split: 0.25 });
      await settledTasks(other.url);
      const info = JSON.parse((await ask(other.url, 'GET', '/model/info/segmentation')).text) as { checksum: string };
      checksums.push(info.checksum);
      await other.close();
    }
    const { checksum } = await stats();
    expect(checksums[0]).toBe(checksum);
    expect(checksums[1]).not.toBe(checksum);
  });

  it('takes any file as a model and breaks at the next inference, until the right one is back', async () => {
    const good = await ask(server.url, 'GET', '/model/segmentation');
    const put = (bytes: Buffer) =>
      ask(server.url, 'PUT', '/model/segmentation', { body: form('file', 'segmentation.pt', bytes) });
    expect((await put(Buffer.from('garbage'))).status).toBe(200);
    expect((await ask(server.url, 'POST', '/infer/segmentation?image=s0&output=json')).status).toBe(500);
    const back = JSON.parse((await put(good.bytes)).text) as { checksum: string };
    expect(back.checksum).toBe((await stats()).checksum);
    expect((await ask(server.url, 'POST', '/infer/segmentation?image=s0&output=json')).status).toBe(200);
  });

  it('answers inference as a form of parameters and mask, and stores the mask if asked to', async () => {
    const params = new URLSearchParams({ params: '{"save_label":true}' });
    const answer = await ask(server.url, 'POST', '/infer/segmentation?image=s1', { body: params });
    const type = answer.headers.get('content-type') ?? '';
    expect(type).toMatch(/^multipart\/form-data; boundary=[0-9a-f]{32}$/);
    const parts = await new Response(answer.bytes, { headers: { 'content-type': type } }).formData();
    expect(JSON.parse(parts.get('params') as string)).toMatchObject({
      label_names: { fat: 1, instrument: 2, gallbladder: 3 },
      centroids: {},
    });
    const mask = Buffer.from(await (parts.get('image') as Blob).arrayBuffer());
    const saved = await ask(server.url, 'GET', '/datastore/label?label=s1&tag=original');
    expect(saved.bytes.equals(mask)).toBe(true);
    expect(readMask(mask, 'mask')).toMatchObject({ width: 96, height: 72 });
  });
});
