import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { appendVersion, chainOf, readHead } from '../../../src/activities/training-set/set-chain.ts';
import type { TrainedFrame, TrainingSet } from '../../../src/contracts/training-set.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';

const TRAINER = { kind: 'monai-label', address: 'http://monai.test:8000' } as const;
const ARTIFACT = { uri: 'store:sha256/aa/aa', sha256: 'aa', bytes: 1 };

function frame(imageId: string): TrainedFrame {
  return { imageId, by: 'P/T', name: imageId, frame: 0, imageSha256: 'cc', label: ARTIFACT, submitted: ARTIFACT };
}

function adding(imageId: string): (set: TrainingSet) => TrainingSet {
  return (set) => ({ ...set, frames: [...set.frames.filter((one) => one.imageId !== imageId), frame(imageId)] });
}

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-chain-'));
});
afterEach(async () => rm(dir, { recursive: true, force: true }));

describe('the chain of a training set', () => {
  it('loses nothing when many write at once, and no two write the same version', async () => {
    const ids = Array.from({ length: 12 }, (_, number) => `image_${number}`);
    const stores = [createFolderStore(dir), createFolderStore(dir)];
    await Promise.all(ids.map((id, n) => appendVersion(stores[n % 2]!, TRAINER, 'P/T', adding(id))));
    const store = createFolderStore(dir);
    const head = await readHead(store, chainOf(TRAINER));
    expect(head?.set.frames.map(({ imageId }) => imageId).toSorted()).toEqual(ids.toSorted());
    expect(head?.version.version).toBe(12);
    expect((await store.listNamed('training-sets/')).length).toBe(12);
    expect(head?.name).toMatch(/^training-sets\/monai-label-[0-9a-f]{16}\/00000012$/);
  });

  it('gets no version where nothing changes, and another trainer has another chain', async () => {
    const store = createFolderStore(dir);
    const one = await appendVersion(store, TRAINER, 'P/T', adding('a'));
    expect(await appendVersion(store, TRAINER, 'P/U', (set) => set)).toEqual(one);
    expect(one.version).toMatchObject({ version: 1, previous: null, by: 'P/T', frames: 1 });
    const two = await appendVersion(store, TRAINER, 'P/U', adding('b'));
    expect(two.version.previous).toMatch(/^[0-9a-f]{64}$/);
    expect(await readHead(store, chainOf({ ...TRAINER, address: 'http://other.test' }))).toBeNull();
  });
});
