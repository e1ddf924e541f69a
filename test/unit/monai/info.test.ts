import { describe, expect, it } from '@jest/globals';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import { CRASH, fakeServers, json } from './fake-server.ts';
import { DATASTORE, INFO_EMPTY, INFO_TRAINED, STATS_DONE, STATS_RUNNING } from './recorded.ts';

const serve = fakeServers();

describe('info', () => {
  it('reads models with their labels, and the names of the trainers', async () => {
    const { client, calls } = await serve(() => json(INFO_EMPTY));
    expect(await client.info()).toEqual({
      name: 'Tiny 2D segmentation',
      version: '1.0',
      models: { tinyseg: { labels: { blob: 1 } } },
      trainers: ['tinyseg'],
      strategies: ['random'],
    });
    expect(calls()).toEqual(['GET /info/']);
  });

  it('counts labels that come as a list from 1, and takes a single name or none', async () => {
    const models = {
      list: { labels: ['liver', 'spleen'] },
      one: { labels: 'liver' },
      none: { labels: null },
      empty: { labels: [] },
      named: { labels: { background: 0, spleen: 1, liver: 6 } },
    };
    const { client } = await serve(() => json({ ...INFO_EMPTY, models }));
    expect((await client.info()).models).toEqual({
      list: { labels: { liver: 1, spleen: 2 } },
      one: { labels: { liver: 1 } },
      none: { labels: {} },
      empty: { labels: {} },
      named: { labels: { background: 0, spleen: 1, liver: 6 } },
    });
  });

  it.each([
    ['$.trainers', { ...INFO_EMPTY, trainers: 5 }],
    ['$.models.tinyseg.labels', { ...INFO_EMPTY, models: { tinyseg: { labels: { blob: 'one' } } } }],
    ['$.version', { ...INFO_EMPTY, version: undefined }],
  ])('names %s where an answer is not as known', async (place, answer) => {
    const { client } = await serve(() => json(answer));
    const outcome = client.info();
    await expect(outcome).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
    await expect(outcome).rejects.toThrow(`${place}:`);
  });

  it('refuses an answer that is no JSON, and a redirect', async () => {
    const html = { status: 200, type: 'text/html', body: '<html><title>Welcome</title></html>' };
    await expect((await serve(() => html)).client.info()).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
    const redirect = { status: 307, type: 'text/plain', body: '' };
    await expect((await serve(() => redirect)).client.info()).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
  });
});

describe('trainStats', () => {
  it('are those of the trainer, finished or under way', async () => {
    const done = await serve(() => json(INFO_TRAINED));
    expect(await done.client.trainStats('tinyseg')).toEqual({
      startedAtSeconds: 1795359091,
      elapsedSeconds: 3,
      epoch: 40,
      totalEpochs: 40,
      ended: true,
      metricName: 'val_mean_dice',
      metric: 0.9810892939567566,
      bestMetric: 0.9810892939567566,
    });
    const running = await serve(() => json({ ...INFO_TRAINED, train_stats: { tinyseg: STATS_RUNNING } }));
    expect(await running.client.trainStats('tinyseg')).toMatchObject({ epoch: 13, totalEpochs: 40, ended: false });
  });

  it.each<[string, number | undefined]>([
    ['0:00:07', 7],
    ['23:10:02', 83402],
    ['1 day, 0:00:07', 86407],
    ['2 days, 1:00:07.250000', 176407],
    ['soon', undefined],
  ])('tell by "%s" for how long the run has gone on', async (current_time, seconds) => {
    const stats = { ...STATS_RUNNING, current_time };
    const { client } = await serve(() => json({ ...INFO_TRAINED, train_stats: { tinyseg: stats } }));
    expect((await client.trainStats('tinyseg'))?.elapsedSeconds).toBe(seconds);
  });

  it('are null before the first training', async () => {
    const { client } = await serve(() => json(INFO_EMPTY));
    expect(await client.trainStats('tinyseg')).toBeNull();
  });

  it('take no metric of the training itself for one of the validation', async () => {
    const { eval: _eval, ...unvalidated } = STATS_DONE;
    const begun = { ...STATS_DONE, eval: { key_metric_name: 'val_mean_dice', best_metric: -1, best_metric_epoch: -1 } };
    const one = await serve(() => json({ ...INFO_TRAINED, train_stats: { tinyseg: unvalidated } }));
    expect(await one.client.trainStats('tinyseg')).toMatchObject({ metricName: null, bestMetric: null });
    const other = await serve(() => json({ ...INFO_TRAINED, train_stats: { tinyseg: begun } }));
    expect(await other.client.trainStats('tinyseg')).toMatchObject({ metricName: 'val_mean_dice', bestMetric: null });
  });

  it('of an unknown trainer are no "never trained" but an error that names the trainers', async () => {
    const { client } = await serve(() => json(INFO_TRAINED));
    await expect(client.trainStats('tinysge')).rejects.toMatchObject({
      code: 'ModelNotFound',
      facts: { model: 'tinysge', known: ['tinyseg'] },
    });
  });

  it('do not depend on what other trainers report', async () => {
    const { client } = await serve(() => json({ ...INFO_TRAINED, train_stats: { tinyseg: STATS_DONE, odd: 'x' } }));
    expect(await client.trainStats('tinyseg')).toMatchObject({ epoch: 40 });
  });

  it('name the place where they are not as known', async () => {
    const answer = { ...INFO_TRAINED, train_stats: { tinyseg: { ...STATS_DONE, epoch: 'last' } } };
    const { client } = await serve(() => json(answer));
    await expect(client.trainStats('tinyseg')).rejects.toThrow('$.train_stats.tinyseg.epoch:');
  });
});

describe('the connection', () => {
  it('is a new one for each request, so that one closed after a 500 harms nothing', async () => {
    let first = true;
    const { client, received } = await serve(() => {
      const answer = first ? CRASH : json(DATASTORE);
      first = false;
      return answer;
    });
    await expect(client.datastoreStats()).rejects.toMatchObject({ code: 'MonaiUnreachable', facts: { status: 500 } });
    for (let i = 0; i < 5; i += 1) expect(await client.datastoreStats()).toEqual({ total: 24, completed: 13 });
    expect(new Set(received.map(({ socket }) => socket)).size).toBe(6);
    expect(received.every(({ headers }) => headers.connection === 'close')).toBe(true);
  });

  it('is tried once more when a read is cut off, and not again', async () => {
    let cuts = 1;
    const { client, calls } = await serve(() => (cuts-- > 0 ? null : json(DATASTORE)));
    expect(await client.datastoreStats()).toEqual({ total: 24, completed: 13 });
    expect(calls().length).toBe(2);
    cuts = 9;
    await expect(client.datastoreStats()).rejects.toMatchObject({ code: 'MonaiUnreachable' });
    expect(calls().length).toBe(4);
  });

  it('carries the headers of the configuration below the path of the url', async () => {
    const { url, received } = await serve(() => json(DATASTORE));

    const client = createMonaiLabel({ url: `${url}/monai/`, headers: () => ({ 'x-proxy': 'let-me-in' }) });
    await client.datastoreStats();
    expect(client.url).toBe(`${url}/monai`);
    expect(received[0]).toMatchObject({
      call: 'GET /monai/datastore/?output=stats',
      headers: { 'x-proxy': 'let-me-in' },
    });
  });

  it.each([
    [408, 'MonaiUnreachable'],
    [429, 'MonaiUnreachable'],
    [502, 'MonaiUnreachable'],
    [401, 'MonaiRejected'],
    [422, 'MonaiRejected'],
  ])('answering %d is %s', async (status, code) => {
    const { client } = await serve(() => json({ detail: 'told so' }, status));
    const outcome = client.datastoreStats();
    await expect(outcome).rejects.toMatchObject({ code, facts: { status, answer: 'told so' } });
  });

  it('that does not come about is an outage', async () => {
    const client = createMonaiLabel({ url: 'http://127.0.0.1:1' });
    await expect(client.info()).rejects.toMatchObject({ code: 'MonaiUnreachable' });
  });

  it('is given up with the reason of the signal', async () => {
    const abort = new AbortController();
    const { client } = await serve(async () => {
      abort.abort(new Error('enough'));
      return json(DATASTORE);
    });
    await expect(client.datastoreStats(abort.signal)).rejects.toThrow('enough');
  });
});
