import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { LoopPolicy } from '../../src/contracts/loop.ts';
import { readReceipt } from '../../src/receipts/read-receipt.ts';
import { hashBytes } from '../../src/storage/file-hash.ts';
import { openLoopSite, type LoopSite } from '../kit/loop-site.ts';
import { startDevServer } from '../kit/temporal/dev-server.ts';
import { annotate, until, withLoopWorker } from '../kit/whole-loop.ts';

const INES = { by: 'ines' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'maskloop-loop-'));
});
afterEach(async () => rm(folder, { recursive: true, force: true }));

const imports = ({ log }: LoopSite): number =>
  log.count({ server: 'cvat', method: 'POST', path: /\/annotations$/, uploadPhase: 'finish' });

const quick = (site: LoopSite): Partial<LoopPolicy> => ({
  iteration: { ...site.rules.iteration, seal: { quietMs: 0 } },
});

/** SHA-256 of the original pictures of a task's frames. */
async function picturesOf(site: LoopSite, task: string): Promise<ReadonlySet<string>> {
  const found = [...site.sandbox.state.tasks.values()].find(({ name }) => name === task);
  const { frames } = await site.cvat.taskMeta(found?.id ?? 0);
  const images = frames.map(async (_, frame) => (await site.cvat.frameOriginal(found?.id ?? 0, frame)).bytes);
  return new Set((await Promise.all(images)).map(hashBytes));
}

/** SHA-256 of the pictures that the trainings so far have really read, one set each. */
async function picturesTrainedOn({ sandboxMonai, monai }: LoopSite): Promise<readonly ReadonlySet<string>[]> {
  return Promise.all(
    sandboxMonai.trainedOn.map(async ({ labels }) => {
      const images = [...labels.keys()].map(async (id) => (await monai.getImage(id)) ?? Buffer.alloc(0));
      return new Set((await Promise.all(images)).map(hashBytes));
    }),
  );
}

describe('a loop that holds out frames of its own', () => {
  it('reads in every training what people labelled in all its iterations so far, and never what it holds out', async () => {
    const site = await openLoopSite({ frames: 6 });
    const temporal = await startDevServer({});
    try {
      const policy = await site.policy({ ...quick(site), heldOutTask: { frames: 2 } });
      await withLoopWorker(temporal, site, async (operations) => {
        await operations.loops.start({ loop: { ...site.loop, policy }, ...INES });
        for (const task of ['held_out', '1', '2']) await annotate(temporal, site, `SurgVU/Iteration_${task}`);
        const receipt = async () => readReceipt(site.store, 'SurgVU/Iteration_2');
        await until(receipt, (written) => written?.results.promotion !== undefined);
      });
      const trainings = await picturesTrainedOn(site);
      const [heldOut, one, two] = await Promise.all(
        ['held_out', '1', '2'].map(async (task) => picturesOf(site, `Iteration_${task}`)),
      );
      expect([heldOut?.size, one?.size, two?.size]).toEqual([2, 2, 2]);
      expect(trainings).toEqual([one, new Set([...(one ?? []), ...(two ?? [])])]);
      expect(trainings.flatMap((read) => [...read].filter((picture) => heldOut?.has(picture)))).toEqual([]);
    } finally {
      await temporal.close();
      await site.close();
    }
  }, 200_000);
});

describe('a loop whose Temporal loses its database while people work', () => {
  it('goes on where it was when it is started again, and makes and imports nothing twice', async () => {
    const site = await openLoopSite({ frames: 4 });
    try {
      const { masks } = site.input;
      if (masks === null) throw new Error('no masks');
      const policy = await site.policy({ ...quick(site), firstMasks: { kind: 'folder', masks } });
      const loop = { ...site.loop, policy };
      const first = await startDevServer({ dbFilename: path.join(folder, 'first.db') });
      try {
        await withLoopWorker(first, site, async (operations) => {
          expect(await operations.loops.start({ loop, ...INES })).toMatchObject({ outcome: 'started' });
          expect(await operations.loops.start({ loop, ...INES })).toMatchObject({ outcome: 'joined' });
          const { id } = await operations.loops.resolve('vessels');
          await until(
            async () => (await operations.loops.describe(id)).iteration?.status?.waitingFor,
            (waitingFor) => waitingFor === 'people',
          );
        });
      } finally {
        await first.close();
      }
      const imported = imports(site);
      expect(imported).toBe(1);
      const second = await startDevServer({ dbFilename: path.join(folder, 'second.db') });
      try {
        await withLoopWorker(second, site, async (operations) => {
          const lost = await operations.loops.resolve('vessels');
          expect(lost).toMatchObject({ state: 'known', number: 1 });
          expect(await operations.loops.describe(lost.id)).toMatchObject({ state: 'lost', chosen: [1] });
          await operations.loops.start({ loop, ...INES });
          await annotate(second, site, 'SurgVU/Iteration_1');
          await until(
            async () => (await operations.loops.describe(lost.id)).status,
            (status) => status?.number === 2 && status.phase === 'iterating',
          );
          expect(imports(site)).toBe(imported);
          // The model that the first one has trained makes the masks of the second.
          await until(
            async () => (await operations.loops.describe(lost.id)).iteration?.status?.results.predictions,
            (predictions) => predictions?.frames === 2,
          );
        });
      } finally {
        await second.close();
      }
      const receipt = await readReceipt(site.store, 'SurgVU/Iteration_1');
      expect(receipt?.input.loop).toMatchObject({ name: 'vessels', number: 1 });
      expect(receipt?.results.imported?.adopted).toBe(true);
      const tasks = [...site.sandbox.state.tasks.values()].map(({ name }) => name);
      expect(tasks.filter((name) => name === 'Iteration_1')).toHaveLength(1);
    } finally {
      await site.close();
    }
  }, 400_000);
});
