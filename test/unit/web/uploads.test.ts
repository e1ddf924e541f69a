import { describe, expect, it } from '@jest/globals';
import { eachOf } from '../../../web/src/uploads/each-of.ts';
import { filesOfFolder } from '../../../web/src/uploads/folder-names.ts';
import { formatBytes } from '../../../web/src/uploads/format-bytes.ts';
import { inputOf, missingOf, type StartForm } from '../../../web/src/pages/start/start-form.ts';
import { iterationInput } from '../../../src/api/schemas/iteration-input.ts';

const HASH = 'ab'.repeat(32);
const FILE = { uri: `store:sha256/ab/${HASH}`, sha256: HASH, bytes: 12 };

describe('an upload from a browser', () => {
  it('names files as they are below the folder, and leaves hidden ones out', () => {
    const chosen = (name: string, webkitRelativePath: string) =>
      Object.assign(new Blob(['x']), { name, webkitRelativePath });
    const files = [
      chosen('a.png', 'masks/a.png'),
      chosen('b.png', 'masks/video 1/b.png'),
      chosen('.DS_Store', 'masks/.DS_Store'),
      chosen('c.png', 'masks/.git/c.png'),
      chosen('d.png', ''),
    ];
    expect(filesOfFolder(files).map(({ name }) => name)).toEqual(['a.png', 'video 1/b.png', 'd.png']);
  });

  it('works on so many files at once, keeps their order, and begins nothing after a failure', async () => {
    let running = 0;
    let most = 0;
    const begun: number[] = [];
    const work = async (item: number): Promise<number> => {
      begun.push(item);
      most = Math.max(most, (running += 1));
      await Promise.resolve();
      running -= 1;
      if (item === 3) throw new Error('broken');
      return item * 2;
    };
    expect(await eachOf([5, 1, 4], 2, work)).toEqual([10, 2, 8]);
    expect(most).toBe(2);
    begun.length = 0;
    await expect(eachOf([3, 1, 2, 4, 5], 1, work)).rejects.toThrow('broken');
    expect(begun).toEqual([3]);
  });

  it('shows bytes in units that people read', () => {
    expect([0, 999, 1400, 12_345, 1_400_000, 25e9].map(formatBytes)).toEqual([
      '0 B',
      '999 B',
      '1.4 kB',
      '12 kB',
      '1.4 MB',
      '25 GB',
    ]);
  });
});

describe('the start page', () => {
  const form: StartForm = {
    connection: ' ',
    project: 'P',
    task: ' T ',
    source: 'masks',
    masks: { uri: FILE.uri, sha256: HASH, files: 1, manifest: FILE },
    images: null,
    model: 'segmentation',
    trains: true,
    createProject: false,
    people: 'anna, ben ,',
    segmentSize: null,
  };

  it('asks for what is missing, and for a model only where one is needed', () => {
    expect(missingOf(form, FILE)).toEqual([]);
    expect(missingOf({ ...form, masks: null, model: '' }, null)).toHaveLength(3);
    expect(missingOf({ ...form, trains: false, model: '' }, FILE)).toEqual([]);
    expect(missingOf({ ...form, source: 'predict', trains: false, masks: null, model: '' }, FILE)).toHaveLength(1);
    expect(inputOf({ ...form, project: '' }, FILE)).toBeNull();
  });

  it('makes an input that the server takes, with what was typed and no more', () => {
    const masks = iterationInput.parse(inputOf(form, FILE));
    expect(masks).toMatchObject({ connection: 'default', task: 'T', people: ['anna', 'ben'], syncLabels: false });
    const predicted = iterationInput.parse(inputOf({ ...form, source: 'predict', trains: false }, FILE));
    expect(predicted).toMatchObject({ masks: null, predict: { model: 'segmentation' }, training: null });
  });
});
