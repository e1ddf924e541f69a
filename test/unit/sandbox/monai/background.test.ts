import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { diceOfValues } from '../../../../src/sandbox/monai/scoring/run-scoring.ts';
import type { SandboxMonai } from '../../../../src/sandbox/monai/start-sandbox-monai.ts';
import { createManualClock } from '../../../recordings/monai/manual-clock.ts';
import { ask, form, post, read, settledTask, settledTasks, startFast, train, uploadScenes } from './talk.ts';

let server: SandboxMonai;
beforeEach(async () => {
  server = await startFast({ spawnMs: 0 });
});
afterEach(() => server.close());

const last = (task: { readonly details: readonly string[] }): string | undefined => task.details.at(-1);
const batch = '/batch/infer/segmentation';

describe('batch inference of the stand-in', () => {
  it('divides by the number of GPUs unless it is told to leave them alone', async () => {
    await uploadScenes(server.url, 2);
    for (const body of [undefined, JSON.stringify({ device: 'cpu' })]) {
      await ask(server.url, 'POST', `${batch}?images=labeled`, body === undefined ? {} : { body });
      const task = await settledTask(server.url, '/batch/infer');
      expect([task.status, last(task)]).toEqual(['ERROR', 'ZeroDivisionError: integer modulo by zero']);
    }
  });

  it('stores a label for each image under the tag that was asked for', async () => {
    await uploadScenes(server.url, 2);
    await post(server.url, `${batch}?images=all`, { device: 'cpu', multi_gpu: false, label_tag: 'guess' });
    const busy = await post(server.url, batch);
    expect([busy.status, busy.text]).toEqual([429, '{"detail":"++++++++++ Batch_infer Task is Already Running"}']);
    expect((await settledTask(server.url, '/batch/infer')).status).toBe('DONE');
    while (!(await ask(server.url, 'GET', '/datastore/')).text.includes('"guess":2'));
    expect(await read(server.url, '/datastore/label/info?label=s1&tag=guess')).toMatchObject({ model: 'segmentation' });
    expect((await ask(server.url, 'GET', '/train/')).status).toBe(404);
  });

  it('takes unlabeled or labeled images only, and refuses any other word', async () => {
    await uploadScenes(server.url, 3);
    await ask(server.url, 'DELETE', '/datastore/label?id=s2&tag=final');
    while (!(await ask(server.url, 'GET', '/datastore/')).text.includes('"final":2'));
    await post(server.url, `${batch}?images=unlabeled`, { multi_gpu: false });
    expect(last(await settledTask(server.url, '/batch/infer'))).toMatch(
      /Result: \{"s2":\{"label":"s2","tag":"original"/,
    );
    expect((await post(server.url, `${batch}?images=bogus`)).status).toBe(422);
  });
});

describe('scoring of the stand-in', () => {
  it('compares final with original labels and tells the image', async () => {
    await uploadScenes(server.url, 2);
    const label = await ask(server.url, 'GET', '/datastore/label?label=s0&tag=final');
    const body = form('label', 'l.png', label.bytes);
    await ask(server.url, 'PUT', '/datastore/label?image=s0&tag=original', { body });
    await post(server.url, '/scoring/dice');
    const line = last(await settledTask(server.url, '/scoring/')) ?? '';
    const values = /\{.*\}/.exec(line)?.[0] ?? '';
    expect(JSON.parse(values)).toEqual({ s0: expect.any(Number) });
    // Values 2 and 3 count as what they are, not as classes: equal masks have more than 1.
    expect((JSON.parse(values) as { s0: number }).s0).toBeGreaterThan(1);
    expect(diceOfValues([1, 1, 0, 0], [1, 0, 1, 0])).toBe(0.5);
    expect(diceOfValues([0, 0], [0, 0])).toBe(1);
  });

  it('is accepted for unknown methods and fails later; with nothing to compare it is empty', async () => {
    expect((await post(server.url, '/scoring/nope')).status).toBe(200);
    const task = await settledTask(server.url, '/scoring/');
    expect([task.status, last(task)]).toEqual(['ERROR', expect.stringContaining("no such scoring method 'nope'")]);
    await post(server.url, '/scoring/dice');
    expect(last(await settledTask(server.url, '/scoring/'))).toMatch(/Result: \{\}$/);
  });

  it('skips images that the same model has scored already', async () => {
    await uploadScenes(server.url, 2);
    for (const id of ['s0', 's1']) await ask(server.url, 'DELETE', `/datastore/label?id=${id}&tag=final`);
    while (!(await ask(server.url, 'GET', '/datastore/')).text.includes('"completed":0'));
    const summaries: unknown[] = [];
    for (const request of [{ max_samples: 1 }, {}]) {
      await post(server.url, '/scoring/epistemic', request);
      const line = last(await settledTask(server.url, '/scoring/')) ?? '';
      summaries.push(JSON.parse(/\{.*\}/.exec(line)?.[0] ?? ''));
    }
    expect(summaries).toMatchObject([
      { total: 2, skipped: 0, executed: 1 },
      { total: 2, skipped: 1, executed: 1 },
    ]);
  });

  it('comes by itself with each sample and at the start where that is switched on', async () => {
    await server.restart({ autoUpdateScoring: true });
    await post(server.url, '/activelearning/first');
    const tasks = (await read(server.url, '/scoring/?all=true')) as { request: { method: string } }[];
    expect(tasks.map(({ request }) => request.method)).toEqual(['dice', 'epistemic', 'dice', 'epistemic']);
  });
});

describe('trainings of the stand-in', () => {
  it('fail where they are tracked in a folder, which one can refuse', async () => {
    await uploadScenes(server.url, 3);
    await server.restart({ tracking: true });
    expect(await read(server.url, '/info/')).toMatchObject({
      trainers: { segmentation: { config: { tracking: ['mlflow', 'None'] } } },
    });
    await train(server.url, { max_epochs: 1, name: 't' });
    await train(server.url, { max_epochs: 1, tracking: 'None' }, '/train/segmentation?enqueue=true');
    const tasks = await settledTasks(server.url);
    expect(tasks.map(({ status }) => status)).toEqual(['ERROR', 'DONE']);
    expect(tasks[0]?.details.at(-1)).toMatch(/^ValueError: MLflow no longer supports the filesystem/);
  });

  it('publish without a gate: a worse run replaces a better one', async () => {
    await uploadScenes(server.url, 4);
    await train(server.url, { max_epochs: 12, name: 'good' });
    const good = (await settledTask(server.url, '/train/')) && (await read(server.url, '/model/info/segmentation'));
    await train(server.url, { max_epochs: 1, name: 'bad', pretrained: false });
    await settledTask(server.url, '/train/');
    const bad = (await read(server.url, '/model/info/segmentation')) as { train_stats: { best_metric: number } };
    expect(bad.train_stats.best_metric).toBeLessThan((good as typeof bad).train_stats.best_metric);
    expect(bad).not.toHaveProperty('checksum', (good as { checksum: string }).checksum);
  });

  it('that are waited for answer with their statistics, leave no record, and keep everybody waiting', async () => {
    await uploadScenes(server.url, 3);
    let isTrained = false;
    const training = train(server.url, { max_epochs: 30, name: 'sync' }, '/train/segmentation?run_sync=true').then(
      (answer) => {
        isTrained = true;
        return answer;
      },
    );
    while (server.log.count({ path: /train/ }) === 0 && (await ask(server.url, 'GET', '/train/')).status !== 404);
    await ask(server.url, 'GET', '/info/');
    expect(isTrained).toBe(true);
    expect(JSON.parse((await training).text)).toMatchObject({
      epoch: 30,
      total_epochs: 30,
      total_time: expect.stringMatching(/^0:00:\d\d$/),
    });
    expect((await ask(server.url, 'GET', '/train/')).status).toBe(404);
  });
});

describe('samples of the stand-in', () => {
  const next = async (strategy: string, body: object = {}) => {
    const answer = await post(server.url, `/activelearning/${strategy}`, body);
    return answer.status === 200 ? (JSON.parse(answer.text) as Record<string, unknown>) : answer.status;
  };
  const put = (id: string) =>
    ask(server.url, 'PUT', `/datastore/image?image=${id}`, { body: form('file', 'x.png', Buffer.from('x')) });

  it('are empty objects when nothing is left, and a bare 500 for an unknown strategy', async () => {
    for (const strategy of ['random', 'first', 'epistemic']) expect(await next(strategy)).toEqual({});
    expect(await next('nope')).toBe(500);
  });

  it('of random break when all that is left was served within this second', async () => {
    const clock = createManualClock(1_700_000_000_000);
    await server.close();
    server = await startFast({ clock });
    await put('a');
    expect(await next('random')).toMatchObject({ id: 'a', weight: 1_700_000_000 });
    expect(await next('random')).toBe(500);
    await clock.advance(2000);
    expect(await next('random', { client_id: 'me' })).toMatchObject({
      id: 'a',
      weight: 2,
      strategy: { random: { ts: 1_700_000_002, client_id: 'me' } },
    });
  });

  it('of first are the same again and again, since a call reserves nothing', async () => {
    for (const id of ['b', 'a']) await put(id);
    expect(await next('first')).toMatchObject({ id: 'a' });
    expect(await next('first')).toMatchObject({ id: 'a', strategy: { first: { client_id: 'admin' } } });
  });

  it('of epistemic tell an object before scoring and a number after it, the most uncertain of the unserved first', async () => {
    for (const id of ['a', 'b', 'c']) await put(id);
    expect(await next('epistemic')).toMatchObject({ id: 'a', epistemic_entropy: { score: 0, ts: 86_400 } });
    for (const [id, score] of [
      ['a', 0.9],
      ['b', 0.1],
      ['c', 0.5],
    ] as const) {
      const info = new URLSearchParams({ info: JSON.stringify({ epistemic_entropy: score }) });
      await ask(server.url, 'PUT', `/datastore/image/info?image=${id}`, { body: info });
    }
    expect(await next('epistemic')).toMatchObject({ id: 'c', epistemic_entropy: 0.5 });
    expect(await next('epistemic')).toMatchObject({ id: 'b', epistemic_entropy: 0.1 });
  });
});
