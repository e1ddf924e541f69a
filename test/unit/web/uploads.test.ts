import { describe, expect, it } from '@jest/globals';
import { eachOf } from '../../../web/src/uploads/each-of.ts';
import { filesOfFolder } from '../../../web/src/uploads/folder-names.ts';
import { formatBytes } from '../../../web/src/uploads/format-bytes.ts';
import { folderWords, zipWords } from '../../../web/src/uploads/progress-words.ts';

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

describe('how far an upload is', () => {
  it('is told of a folder file by file, and of what the server had already', () => {
    const folder = { files: 4, hashed: 2, bytes: 2000, missing: 1000, sent: 500 };
    expect(folderWords(folder).words).toBe('Read 2 of 4 files, sent 500 B');
    const read = { ...folder, hashed: 4 };
    expect(folderWords(read)).toEqual({ words: 'Sent 500 B of 1.0 kB; 1.0 kB were there already', share: 0.75 });
    expect(folderWords({ ...read, sent: 1000 }).share).toBe(1);
    expect(folderWords({ ...read, missing: 0, sent: 0 }).share).toBe(1);
  });

  it('is told of a zip file in bytes, and then in files that the server has unpacked', () => {
    const zip = { bytes: 1000, hashed: 500, missing: 0, sent: 0, unpacked: null };
    expect(zipWords(zip)).toEqual({ words: 'Read 500 B of 1.0 kB', share: 0.25 });
    const sending = { ...zip, hashed: 1000, missing: 800, sent: 400 };
    expect(zipWords(sending)).toEqual({ words: 'Sent 400 B of 800 B; 200 B were there already', share: 0.75 });
    expect(zipWords({ ...sending, unpacked: 0 }).words).toBe('The server unpacks it');
    expect(zipWords({ ...sending, unpacked: 12 }).words).toBe('The server unpacks it, 12 files so far');
  });
});
