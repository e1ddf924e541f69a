import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { writeMask } from '../../../../src/coco/write-mask.ts';
import type { RunningServer } from '../../../../src/sandbox/running-server.ts';
import { ask, form, settledTasks, startFast, train, uploadScenes } from './talk.ts';

let server: RunningServer;
beforeEach(async () => {
  server = await startFast({ spawnMs: 200 });
});
afterEach(() => server.close());

const get = (target: string) => ask(server.url, 'GET', target);

async function untilRunning(): Promise<void> {
  while ((await get('/train/?check_if_running=true')).status !== 200) await setTimeout(5);
}

describe('training tasks of the stand-in', () => {
  it('are both accepted when two are submitted at the same moment, and refused once one runs', async () => {
    await uploadScenes(server.url, 3);
    const request = { max_epochs: 100_000 };
    const [first, second] = await Promise.all([
      train(server.url, { ...request, name: 'race_0' }),
      train(server.url, { ...request, name: 'race_1' }),
    ]);
    expect([first.status, second.status]).toEqual([200, 200]);
    expect(JSON.parse(first.text)).toMatchObject({ status: 'SUBMITTED', request: { model: 'segmentation' } });
    await untilRunning();
    const third = await train(server.url, {});
    expect([third.status, third.text]).toEqual([429, '{"detail":"++++++++++ Train Task is Already Running"}']);
    const queued = await train(server.url, { max_epochs: 1 }, '/train/segmentation?enqueue=true');
    expect(queued.status).toBe(200);
    const shown: unknown = JSON.parse((await get('/train/')).text);
    expect(shown).toMatchObject({ status: 'SUBMITTED', request: { max_epochs: 1 } });
  });

  it('are killed one by one, the running one only', async () => {
    await uploadScenes(server.url, 3);
    await train(server.url, { max_epochs: 100_000 });
    expect((await ask(server.url, 'DELETE', '/train/')).text).toBe('null');
    await untilRunning();
    const stopped: unknown = JSON.parse((await ask(server.url, 'DELETE', '/train/')).text);
    expect(stopped).toMatchObject({ status: 'STOPPED', end_ts: expect.any(String) });
    expect((await get('/train/?check_if_running=true')).status).toBe(404);
    expect((await ask(server.url, 'DELETE', '/train/')).text).toBe('null');
  });

  it('end as ERROR with the reason in the last line, leaving no trace in the statistics', async () => {
    const cases: [request: object, target: string, reason: RegExp][] = [
      [{}, '/train/nope', /There is no model 'nope' available/],
      [
        {},
        '/train/segmentation',
        /^ValueError: num_samples should be a positive integer value, but got num_samples=0$/,
      ],
      [{ max_epochs: 'many' }, '/train/segmentation', /^TypeError: '<' not supported/],
    ];
    for (const [request, target, reason] of cases) {
      expect((await train(server.url, request, target)).status).toBe(200);
      const task = (await settledTasks(server.url)).at(-1);
      expect(task?.status).toBe('ERROR');
      expect(task?.details.at(-1)).toMatch(reason);
    }
    expect((await get('/info/')).text).toContain('"train_stats":{"segmentation":{}}');
  });

  it('end as ERROR on label values that the model lacks', async () => {
    const [scene] = await uploadScenes(server.url, 3);
    const wrong = { ...scene!.truth, values: scene!.truth.values.map(() => 4) };
    const body = form('label', 'l.png', writeMask(wrong));
    await ask(server.url, 'PUT', '/datastore/label?image=s0&tag=final', { body });
    await train(server.url, {});
    const [task] = await settledTasks(server.url);
    expect(task?.details.at(-1)).toBe('RuntimeError: index 4 is out of bounds for dimension 1 with size 4');
  });

  it('stay submitted for ever when their gpus are no text, and hold up nobody', async () => {
    await train(server.url, { gpus: 1 });
    await train(server.url, {}, '/train/nope');
    while (!(await get('/train/')).text.includes('"ERROR"')) await setTimeout(5);
    expect(JSON.parse((await get('/train/?all=true')).text)).toMatchObject([
      { status: 'SUBMITTED' },
      { status: 'ERROR' },
    ]);
  });

  it('show the run before until the first validation, and answer while they train', async () => {
    await uploadScenes(server.url, 6);
    await train(server.url, { max_epochs: 2, name: 'a' });
    await settledTasks(server.url);
    const before = (await get('/model/info/segmentation')).text;
    await train(server.url, { max_epochs: 100_000, name: 'b' });
    await untilRunning();
    expect((await get('/train/')).status).toBe(200);
    while ((await get('/model/info/segmentation')).text === before) await setTimeout(5);
    const facts: unknown = JSON.parse((await get('/info/')).text);
    expect(facts).toMatchObject({
      train_stats: { segmentation: { total_epochs: 100_000, current_time: expect.any(String) } },
    });
  });
});
