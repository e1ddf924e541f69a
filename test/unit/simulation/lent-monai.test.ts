import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { samplesName } from '../../../src/contracts/ids.ts';
import type { LoopPolicy } from '../../../src/contracts/loop.ts';
import { createMonaiLabel } from '../../../src/monai/client.ts';
import { imageId } from '../../../src/monai/image-id.ts';
import { SANDBOX_MODEL, startSandboxMonai, type SandboxMonai } from '../../../src/sandbox/monai/start-sandbox-monai.ts';
import { youngModel } from '../../../src/sandbox/monai/learner/young-model.ts';
import { SCENE_CATEGORIES, SCENE_MODEL_LABELS } from '../../../src/sandbox/scenes/categories.ts';
import { generateScenes } from '../../../src/sandbox/scenes/generate-scenes.ts';
import { borrowMonai } from '../../../src/simulation/lent-monai.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { monaiTrainer } from '../../../src/trainer/monai-trainer.ts';
import { loopPolicy } from '../../kit/loop-policy.ts';

const [scene] = generateScenes({ seed: 1, frames: 1, width: 64, height: 48 });
const bytes = scene?.image ?? new Uint8Array();
const signal = new AbortController().signal;

let dir: string;
let server: SandboxMonai;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-lent-'));
});
afterEach(async () => {
  await server.close();
  await rm(dir, { recursive: true, force: true });
});

async function open(published?: Uint8Array) {
  server = await startSandboxMonai({ published, watcherLimit: null });
  const trainer = monaiTrainer(createMonaiLabel({ url: server.url, headers: () => ({}), writeGapMs: 0 }));
  const store = createFolderStore(join(dir, 'store'));
  return {
    trainer,
    store,
    borrow: (runs: number) => borrowMonai(trainer, store, { model: SANDBOX_MODEL, runs, signal }),
  };
}

describe('a MONAI Label that is lent to a simulation', () => {
  it('is refused while it holds images', async () => {
    const { trainer, borrow } = await open();
    await trainer.putImage({ imageId: 'theirs', fileName: 'theirs.png', bytes });
    await expect(borrow(1)).rejects.toMatchObject({
      code: 'TrainerNotFree',
      message: expect.stringContaining('1 images'),
    });
  });

  it('is refused for several loops where there is no model to go back to', async () => {
    const { borrow } = await open();
    await expect(borrow(2)).rejects.toMatchObject({
      code: 'TrainerNotFree',
      message: expect.stringContaining('go back'),
    });
    await expect(borrow(1)).resolves.toBeDefined();
  });

  it('is given back without the images of the loop and with the model from before', async () => {
    const model = await youngModel(1, SCENE_MODEL_LABELS, SCENE_CATEGORIES);
    const { trainer, store, borrow } = await open(model);
    const lent = await borrow(2);
    const policy: LoopPolicy = loopPolicy({ connection: 'variant-1-seed-1' });
    const { connection, project } = policy;
    lent.lend(policy, []);
    const list = { task: 'Iteration_1', samples: [{ name: 'a/1.png' }] };
    await store.putNamed(samplesName(policy, 1), Buffer.from(JSON.stringify(list)));
    const id = imageId({ connection, project, task: 'Iteration_1', frame: 'a/1.png' });
    await trainer.putImage({ imageId: id, fileName: 'a-1.png', bytes });
    await trainer.putImage({ imageId: 'theirs', fileName: 'theirs.png', bytes });
    const other = await youngModel(2, SCENE_MODEL_LABELS, SCENE_CATEGORIES);
    await trainer.putModel(SANDBOX_MODEL, other);
    await lent.giveBack();
    expect(await trainer.getImage(id)).toBeNull();
    expect(await trainer.getImage('theirs')).not.toBeNull();
    expect(Buffer.from(await trainer.getModel(SANDBOX_MODEL)).equals(model)).toBe(true);
    // Such as which model the loop has published: the next one would take that for somebody else's doing.
    expect(await store.listNamed('')).toEqual([]);
  });
});
