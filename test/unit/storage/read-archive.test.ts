import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ARCHIVE_LIMITS, readArchive, type ArchiveLimits } from '../../../src/storage/read-archive.ts';
import { zipped } from '../../kit/zipped.ts';

let dir = '';
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'maskloop-archive-'));
});
afterAll(async () => rm(dir, { recursive: true, force: true }));

/** Writes other bytes of equal length over all places that hold the first ones. */
function altered(bytes: Buffer, from: string, to: string): Buffer {
  return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
}

let count = 0;
async function read(bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<Record<string, string>> {
  count += 1;
  const path = join(dir, `${count}.zip`);
  await writeFile(path, bytes);
  const found: Record<string, string> = {};
  const wanted = (name: string): boolean => !name.includes('unwanted');
  for await (const { name, bytes: content } of readArchive(path, wanted, { ...ARCHIVE_LIMITS, ...limits })) {
    found[name] = content.toString();
  }
  return found;
}

describe('an archive', () => {
  it('gives the wanted files, packed or not', async () => {
    const files = { 'labelmap.txt': 'a', 'SegmentationClass/0.png': 'bb', unwanted: 'ccc' };
    const wanted = { 'labelmap.txt': 'a', 'SegmentationClass/0.png': 'bb' };
    expect(await read(await zipped(files))).toEqual(wanted);
    expect(await read(await zipped(files, { compress: false }))).toEqual(wanted);
  });

  it.each([
    ['leads out of its folder', 'xx/xx/up.txt', '../../up.txt'],
    ['leads out further below', 'aa/xx/yy.txt', 'aa/../yy.txt'],
    ['is absolute', 'xetc/passwd', '/etc/passwd'],
    ['has a backslash', 'xx/xx/up.txt', '..\\..\\u.txt'],
  ])('is refused as a whole where a path %s, also one that nobody wants', async (_, harmless, harmful) => {
    const bytes = await zipped({ 'good.txt': 'good', [`${harmless}unwanted`]: 'evil' });
    expect(await read(bytes)).toEqual({ 'good.txt': 'good' });
    await expect(read(altered(bytes, harmless, harmful))).rejects.toMatchObject({ code: 'ArchiveRefused' });
  });

  it('is refused for a link, and for a name that comes twice', async () => {
    const link = await zipped({ 'a.txt': '/etc/passwd' }, { mode: 0o120777 });
    await expect(read(link)).rejects.toMatchObject({ message: expect.stringContaining('"a.txt" is a link') });
    const twice = altered(await zipped({ 'a1.txt': '1', 'a2.txt': '2' }), 'a2.txt', 'a1.txt');
    await expect(read(twice)).rejects.toMatchObject({ message: expect.stringContaining('comes twice') });
  });

  it('is refused for what it declares: too many entries, too large ones, too much together', async () => {
    const bytes = await zipped({ a: 'x'.repeat(600), b: 'x'.repeat(600) });
    expect(Object.keys(await read(bytes, { entries: 2, entryBytes: 600, totalBytes: 1200 }))).toEqual(['a', 'b']);
    for (const limits of [{ entries: 1 }, { entryBytes: 599 }, { totalBytes: 1199 }]) {
      await expect(read(bytes, limits)).rejects.toMatchObject({ code: 'ArchiveRefused' });
    }
  });

  it('is refused for an entry that unpacks to more or to less than it declares', async () => {
    const bytes = await zipped({ bomb: 'x'.repeat(100_000) });
    const declared = Buffer.alloc(4);
    declared.writeUInt32LE(100_000);
    for (const claim of [10, 200_000]) {
      const claimed = Buffer.alloc(4);
      claimed.writeUInt32LE(claim);
      const lying = altered(bytes, declared.toString('latin1'), claimed.toString('latin1'));
      expect(lying).not.toEqual(bytes);
      await expect(read(lying)).rejects.toMatchObject({ code: 'ArchiveRefused' });
    }
  });

  it('is refused for what is neither a file nor a folder', async () => {
    const pipe = await zipped({ pipe: '' }, { mode: 0o010644 });
    await expect(read(pipe)).rejects.toMatchObject({ message: expect.stringContaining('neither') });
  });

  it('is refused where all would unpack to more times its own length than is allowed, unless that is little', async () => {
    const tight = await zipped({ a: '\0'.repeat(2 ** 23), b: '\0'.repeat(2 ** 23) });
    expect(Object.keys(await read(tight, { ratio: 10 }))).toEqual(['a', 'b']);
    const tighter = await zipped({ a: '\0'.repeat(2 ** 23), b: '\0'.repeat(2 ** 23), c: '\0' });
    expect(Object.keys(await read(tighter))).toEqual(['a', 'b', 'c']);
    await expect(read(tighter, { ratio: 10 })).rejects.toMatchObject({ message: expect.stringContaining('10 times') });
  });

  it('is refused for an entry whose bytes are not those that were packed', async () => {
    const bytes = await zipped({ a: 'the right bytes' }, { compress: false });
    await expect(read(altered(bytes, 'the right', 'the wrong'))).rejects.toMatchObject({
      message: expect.stringContaining('"a" is damaged'),
    });
  });

  it('that is cut, or none, is refused in our words', async () => {
    const bytes = await zipped({ a: 'x' });
    for (const damaged of [bytes.subarray(0, -5), Buffer.from('PK no zip'), Buffer.alloc(0)]) {
      await expect(read(damaged)).rejects.toMatchObject({
        code: 'ArchiveRefused',
        facts: { file: expect.any(String) },
      });
    }
  });
});
