import { describe, expect, it } from '@jest/globals';
import { CRASH, fakeServers, json, type Answer, type FakeServer } from './fake-server.ts';
import { BUSY, FAILED, INFO_EMPTY, NO_TRAININGS, SUBMITTED, TRAININGS } from './recorded.ts';

const serve = fakeServers();

async function trainer(answer: () => Answer | null): Promise<FakeServer> {
  return serve(({ call }) => (call === 'GET /info/' ? json(INFO_EMPTY) : answer()));
}

describe('startTraining', () => {
  it('sends name and epochs with tracking switched off, and never asks to be queued', async () => {
    const { client, received } = await trainer(() => json(SUBMITTED));
    expect(await client.startTraining('tinyseg', { name: 'queued', maxEpochs: 3 })).toEqual({
      id: SUBMITTED.id,
      status: 'SUBMITTED',
      model: 'tinyseg',
      name: 'queued',
      details: [],
    });
    await client.startTraining('tinyseg', { name: 'queued', maxEpochs: null });
    const posts = received.filter(({ call }) => call.startsWith('POST'));
    expect(posts.map(({ call }) => call)).toEqual(['POST /train/tinyseg', 'POST /train/tinyseg']);
    expect(posts[0]?.headers['content-type']).toBe('application/json');
    expect(posts.map(({ body }): unknown => JSON.parse(String(body)))).toEqual([
      { name: 'queued', tracking: 'None', max_epochs: 3 },
      { name: 'queued', tracking: 'None' },
    ]);
  });

  it('waits its turn when another training runs', async () => {
    const { client } = await trainer(() => json(BUSY, 429));
    await expect(client.startTraining('tinyseg', { name: 'a', maxEpochs: null })).rejects.toMatchObject({
      code: 'TrainingBusy',
      facts: { model: 'tinyseg', answer: BUSY.detail },
    });
  });

  it('refuses an unknown trainer, which the server would accept and fail on later', async () => {
    const { client, calls } = await trainer(() => json(SUBMITTED));
    await expect(client.startTraining('nope', { name: 'a', maxEpochs: null })).rejects.toMatchObject({
      code: 'ModelNotFound',
      facts: { known: ['tinyseg'] },
    });
    expect(calls()).toEqual(['GET /info/']);
  });

  it('is sent once, whatever becomes of the connection', async () => {
    for (const failing of [null, CRASH]) {
      const { client, calls } = await trainer(() => failing);
      await expect(client.startTraining('tinyseg', { name: 'a', maxEpochs: 1 })).rejects.toMatchObject({
        code: 'MonaiUnreachable',
      });
      expect(calls().filter((call) => call.startsWith('POST')).length).toBe(1);
    }
  });

  it.each(['', '..', '.hidden', 'a/b', 'a\\b', 'x'.repeat(201)])('refuses the run name %j', async (name) => {
    const { client, calls } = await trainer(() => json(SUBMITTED));
    await expect(client.startTraining('tinyseg', { name, maxEpochs: null })).rejects.toMatchObject({
      code: 'MonaiRejected',
    });
    expect(calls()).toEqual([]);
  });
});

describe('trainings', () => {
  it('are all since the start of the server, in order, with the run names that were asked for', async () => {
    const { client, calls } = await serve(() => json([FAILED, ...TRAININGS]));
    expect((await client.trainings()).map(({ status, name, details }) => [status, name, details.length])).toEqual([
      ['ERROR', null, 2],
      ['DONE', null, 1],
      ['RUNNING', 'iteration_1', 0],
      ['SUBMITTED', 'queued', 0],
    ]);
    expect(calls()).toEqual(['GET /train/?all=true']);
  });

  it('are none where the server says so', async () => {
    const { client } = await serve(() => json(NO_TRAININGS, 404));
    expect(await client.trainings()).toEqual([]);
  });

  it('are not taken for vanished because of the 404 of something else', async () => {
    const answers = [json({ detail: 'Not Found' }, 404), { status: 404, type: 'text/html', body: '<h1>404</h1>' }];
    for (const answer of answers) {
      const { client } = await serve(() => answer);
      await expect(client.trainings()).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
    }
  });

  it('of an unknown status are refused with their place', async () => {
    const { client } = await serve(() => json([FAILED, { ...FAILED, status: 'PAUSED' }]));
    await expect(client.trainings()).rejects.toThrow('$[1].status:');
  });
});

describe('stopRunningTraining', () => {
  it('asks once, also when nothing runs or the connection breaks', async () => {
    const idle = await serve(() => json(null));
    await idle.client.stopRunningTraining();
    expect(idle.calls()).toEqual(['DELETE /train/']);
    const broken = await serve(() => null);
    await expect(broken.client.stopRunningTraining()).rejects.toMatchObject({ code: 'MonaiUnreachable' });
    expect(broken.calls()).toEqual(['DELETE /train/']);
  });
});
