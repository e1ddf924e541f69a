import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { MonaiLabel } from '../../../src/monai/monai.ts';
import { fakeServers, json, type Answer } from './fake-server.ts';

const serve = fakeServers();

const recording = z.object({
  case: z.string(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
  headers: z.record(z.string(), z.string()).optional(),
  json: z.unknown().optional(),
});

const FIXTURE = new URL('../../fixtures/monai-label-0.8.5.json', import.meta.url);
const RECORDINGS = z.array(recording).parse(JSON.parse(readFileSync(FIXTURE, 'utf8')));

/** The recorded answers to one request with one status. */
function recorded(request: RegExp, status: number): readonly Answer[] {
  return RECORDINGS.filter(({ method, path }) => request.test(`${method} ${path}`))
    .filter((answer) => answer.status === status)
    .map((answer) => json(answer.json, status));
}

/** What a call of the client makes of each of the answers. */
async function outcomes<T>(
  answers: readonly Answer[],
  call: (client: MonaiLabel) => Promise<T>,
): Promise<readonly T[]> {
  const results: T[] = [];
  for (const answer of answers) results.push(await call((await serve(() => answer)).client));
  return results;
}

describe('the recorded answers of MONAI Label 0.8.5', () => {
  it('to /info/ are understood', async () => {
    const answers = recorded(/^GET \/info\/$/, 200);
    for (const info of await outcomes(answers, async (client) => client.info())) {
      expect(info).toMatchObject({
        version: '1.0',
        models: { tinyseg: { labels: { blob: 1 } } },
        trainers: ['tinyseg'],
      });
    }
    const stats = await outcomes(answers, async (client) => client.trainStats('tinyseg'));
    expect(stats.some((given) => given === null)).toBe(true);
    expect(stats.some((given) => given?.ended === true && given.epoch === given.totalEpochs)).toBe(true);
    expect(stats.some((given) => given?.ended === false && given.epoch < given.totalEpochs)).toBe(true);
  });

  it('to a list of trainings are understood, in each of the statuses', async () => {
    const single = recorded(/^(GET|DELETE) \/train\/$/, 200).filter(({ body }) => body !== 'null');
    const answers = [
      ...recorded(/^GET \/train\/\?all=true$/, 200),
      ...single.map((answer) => ({ ...answer, body: `[${String(answer.body)}]` })),
    ];
    const lists = await outcomes(answers, async (client) => client.trainings());
    const seen = new Set(lists.flat().map(({ status }) => status));
    expect([...seen].toSorted()).toEqual(['DONE', 'ERROR', 'RUNNING', 'STOPPED', 'SUBMITTED']);
    const none = await outcomes(recorded(/^GET \/train\//, 404), async (client) => client.trainings());
    expect(none.length).toBeGreaterThan(0);
    expect(none.flat()).toEqual([]);
  });

  it('to questions about the store and the model are understood', async () => {
    const stats = await outcomes(recorded(/^GET \/datastore\/(\?output=stats)?$/, 200), async (client) =>
      client.datastoreStats(),
    );
    expect(stats).toContainEqual({ total: 0, completed: 0 });
    expect(stats.length).toBeGreaterThan(3);
    const models = await outcomes(recorded(/^GET \/model\/info\/tinyseg$/, 200), async (client) =>
      client.publishedModel('tinyseg'),
    );
    expect(models.length).toBeGreaterThan(0);
    for (const model of models) expect(model?.stats?.metricName).toBe('val_mean_dice');
  });

  it('about images and what to label next are understood, scored and not', async () => {
    const lists = await outcomes(recorded(/^GET \/datastore\/\?output=all$/, 200), async (client) => client.images());
    const images = lists.flat();
    expect(images.some(({ isLabelled }) => isLabelled)).toBe(true);
    expect(images.some(({ isLabelled, extension }) => !isLabelled && extension === '.png')).toBe(true);
    expect(images.some(({ uncertainty }) => uncertainty === null)).toBe(true);
    expect(images.some(({ uncertainty }) => (uncertainty?.score ?? 0) > 0 && (uncertainty?.modelTime ?? 0) > 1e9)).toBe(
      true,
    );
    const answers = recorded(/^POST \/activelearning\//, 200);
    const next = await outcomes(answers, async (client) => client.nextSample('epistemic'));
    expect(next).toContain(null);
    expect(next).toContain('img_014');
  });

  it('that deny are told from those that fail', async () => {
    const busy = recorded(/^POST \/train\/tinyseg/, 429);
    const labels = recorded(/^GET \/datastore\/label\?.*tag=/, 404);
    expect([busy.length > 0, labels.length > 0]).toEqual([true, true]);
    expect(await outcomes(labels, async (client) => client.getLabel('img', 'final'))).toEqual(labels.map(() => null));
    const info = recorded(/^GET \/info\/$/, 200)[0] ?? json({});
    for (const answer of busy) {
      const { client } = await serve(({ call }) => (call === 'GET /info/' ? info : answer));
      await expect(client.startTraining('tinyseg', { name: 'a', maxEpochs: 1 })).rejects.toMatchObject({
        code: 'TrainingBusy',
      });
    }
  });
});
