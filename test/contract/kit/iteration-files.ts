import { DEFAULT_RULES } from '../../../src/contracts/conversion.ts';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IterationInput } from '../../../src/contracts/iteration.ts';
import type { FolderRef } from '../../../src/contracts/refs.ts';
import { DEFAULT_TIMING } from '../../../src/contracts/timing.ts';
import { describeFolder } from '../../../src/storage/folder-digest.ts';
import { putFolder } from '../../../src/storage/put-folder.ts';
import { openStore } from '../../../src/storage/open-store.ts';
import type { ArtifactStore } from '../../../src/storage/store.ts';
import { frameName, quarterOf } from './fine-tune-files.ts';
import type { MonaiDesk } from './monai-desk.ts';
import { ownName } from './names.ts';
import { picture } from './pictures.ts';

export const FRAMES = 8;

export interface IterationFiles {
  readonly store: ArtifactStore;
  readonly input: IterationInput;
  close(): Promise<void>;
}

/**
 * Frames and masks, a store, and what an iteration over them is started with. Categories are the model's classes.
 *
 * @param inStore true for frames and masks that are in the store alone
 */
export async function writeIterationFiles({ model, labels }: MonaiDesk, inStore: boolean): Promise<IterationFiles> {
  const dir = await mkdtemp(join(tmpdir(), 'maskloop-contract-'));
  const [images, masks] = [join(dir, 'images'), join(dir, 'masks')];
  await Promise.all([mkdir(images), mkdir(masks)]);
  const categories = Object.keys(labels).map((name, index) => ({ id: index + 1, name, supercategory: '' }));
  for (let number = 0; number < FRAMES; number += 1) {
    const name = frameName(number);
    const { image, label } = picture(
      1000 + number,
      categories.map(({ id }) => id),
    );
    await writeFile(join(images, name), image);
    await writeFile(join(masks, name), label);
  }
  const store = openStore(join(dir, 'store'));
  const place = async (folder: string): Promise<FolderRef> => {
    if (!inStore) return describeFolder(folder);
    const put = await putFolder(store, folder);
    await rm(folder, { recursive: true });
    return put.folder;
  };
  return {
    store,
    input: {
      connection: 'default',
      project: ownName('Contract'),
      task: 'Iteration 1',
      masks: await place(masks),
      images: await place(images),
      categories: await store.put(Buffer.from(JSON.stringify(categories))),
      suffix: '_pre',
      conversion: { rules: DEFAULT_RULES, shardSize: 2 },
      createProject: true,
      syncLabels: false,
      people: [],
      share: null,
      segmentSize: 3,
      completion: { rule: 'state', pollMs: 1000 },
      seal: { quietMs: 0 },
      tellPeople: 'names',
      training: { model, maxEpochs: 4, heldOutFraction: 0, heldOut: await quarterOf(store, FRAMES) },
      timing: DEFAULT_TIMING,
    },
    close: () => rm(dir, { recursive: true, force: true }),
  };
}
