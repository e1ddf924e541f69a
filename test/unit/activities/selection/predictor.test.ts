import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPredictor, type PoolImage } from '../../../../src/activities/selection/predictor.ts';
import { scoreEach } from '../../../../src/activities/selection/uncertainty/score-each.ts';
import type { Candidate } from '../../../../src/activities/selection/draft.ts';
import { writeMask } from '../../../../src/coco/write-mask.ts';
import { createFolderStore } from '../../../../src/storage/folder-store.ts';
import type { ArtifactStore } from '../../../../src/storage/store.ts';
import type { Trainer } from '../../../../src/trainer/trainer.ts';

const MODEL = 'SHA256:aa';
const PNG = writeMask({ width: 1, height: 1, values: new Uint8Array([1]) });
const { signal } = new AbortController();

let dir: string;
let store: ArtifactStore;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-predictor-'));
  store = createFolderStore(dir);
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

/** A trainer whose predictions take a moment; `published` tells which model is there when somebody looks. */
function trainerOf(kind: Trainer['kind'], published: (predictions: number) => string) {
  const seen = { most: 0, looks: 0, predictions: 0 };
  let underWay = 0;
  const trainer = {
    kind,
    address: 'http://trainer.test',
    predictFile: async () => {
      underWay += 1;
      seen.most = Math.max(seen.most, underWay);
      await sleep(20);
      underWay -= 1;
      seen.predictions += 1;
      return PNG;
    },
    publishedModel: async () => {
      seen.looks += 1;
      const checksum = published(seen.predictions);
      await sleep(10);
      return { checksum, stats: null };
    },
  };
  return { seen, trainer: trainer as unknown as Trainer };
}

const candidates: readonly Candidate[] = Array.from({ length: 12 }, (_, at) => ({
  frame: { name: `frame_${at}.png`, group: 'video' },
  view: { sha256: String(at).padStart(64, '0') } as Candidate['view'],
}));

const pool = { read: async () => PNG } as never;

async function scoreAll(trainer: Trainer) {
  const predictor = createPredictor({ trainer, store, connection: 'default', model: 'vessels', signal }, MODEL);
  const done: number[] = [];
  const report = (progress: unknown): void => void done.push((progress as { done: number }).done);
  const scoreOf = async (image: PoolImage): Promise<number | null> => {
    const mask = await predictor.predict(image);
    return mask === null ? null : Number(image.name.replaceAll(/\D/g, ''));
  };
  const scored = await scoreEach({ pool, signal, report }, predictor, candidates, scoreOf);
  return { scored: scored.map(({ candidate, score }) => [candidate.frame.name, score]), done };
}

const kept = async (): Promise<number> => (await store.listNamed('predictions/')).length;

describe('asking a model about candidates', () => {
  it.each([
    ['monai-label', 4],
    ['command', 2],
  ] as const)('asks a trainer of the kind %s about %i at a time, and keeps their order', async (kind, most) => {
    const { trainer, seen } = trainerOf(kind, () => MODEL);
    const { scored, done } = await scoreAll(trainer);
    expect(scored).toEqual(candidates.map(({ frame }, at) => [frame.name, at]));
    expect(done).toEqual(candidates.map((_, at) => at + 1));
    expect(seen).toMatchObject({ most, predictions: 12 });
    // One look serves all that have come before it.
    expect(seen.looks).toBeLessThanOrEqual(12);
    if (most === 4) expect(seen.looks).toBeLessThan(12);
    expect(await kept()).toBe(12);
  });

  it('keeps only what came before a look that found the same model', async () => {
    const { trainer, seen } = trainerOf('monai-label', (predictions) => (predictions < 6 ? MODEL : 'SHA256:bb'));
    await expect(scoreAll(trainer)).rejects.toMatchObject({ code: 'ModelReplaced' });
    expect(seen.predictions).toBeGreaterThanOrEqual(6);
    expect(await kept()).toBeLessThan(6);
  });
});
