import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { iterationId } from '../../../src/contracts/ids.ts';
import { documentName, documentPath } from '../../../src/storage/document-path.ts';
import { createFolderStore } from '../../../src/storage/folder-store.ts';
import { temporaryFolders } from './temporary-folder.ts';

const newFolder = temporaryFolders();

const segment = fc
  .oneof(
    fc.stringMatching(/^[A-Za-z0-9._~%-]{1,12}$/),
    fc.stringMatching(/^[ab%]{198,460}$/),
    fc.constantFrom('a', 'b', '%2F'),
  )
  .filter((text) => text !== '.' && text !== '..');
const name = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'));

describe('the path of a document', () => {
  it('leads back to its name, for every name', () => {
    fc.assert(fc.property(name, (text) => expect(documentName(documentPath(text))).toBe(text)));
  });

  it('is no folder of another document, and short enough for every file system', () => {
    fc.assert(
      fc.property(name, name, (one, other) => {
        const [a, b] = [documentPath(one).join('/'), documentPath(other).join('/')];
        expect(a === b).toBe(one === other);
        expect(b.startsWith(`${a}/`)).toBe(false);
        for (const part of a.split('/')) expect(part.length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it('takes the id of any iteration', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 15 }),
        fc.integer({ min: 1, max: 3 }),
        (text, round) => {
          fc.pre(text.trim() !== '' && text !== '.' && text !== '..');
          const receipt = `receipts/${iterationId({ project: text, task: 'Iteration 1/ä', round })}.json`;
          expect(documentName(documentPath(receipt))).toBe(receipt);
        },
      ),
    );
  });

  it.each(['', '/a', 'a/', 'a//b', '..', 'a/../b', './a', 'a\\b', 'a@', 'a+', 'a b', 'ä', 'a\0', 'C:a', 'a\n'])(
    'is refused for %j',
    (text) => {
      expect(() => documentPath(text)).toThrow(expect.objectContaining({ code: 'InvalidName' }));
    },
  );
});

describe('documents in a folder store', () => {
  it('come back as last written, and only those with the prefix are listed, sorted', async () => {
    const store = createFolderStore(await newFolder());
    const written = new Map<string, Buffer>();
    await fc.assert(
      fc.asyncProperty(name, fc.uint8Array({ maxLength: 50 }), fc.nat(30), async (text, bytes, cut) => {
        await store.putNamed(text, bytes);
        written.set(text, Buffer.from(bytes));
        expect(await store.getNamed(text)).toEqual(Buffer.from(bytes));
        const prefix = text.slice(0, cut);
        fc.pre(!/(^|\/)\.{0,2}\//.test(prefix));
        expect(await store.listNamed(prefix)).toEqual(
          [...written.keys()].filter((n) => n.startsWith(prefix)).toSorted(),
        );
      }),
      { numRuns: 60 },
    );
    for (const [text, bytes] of written) expect(await store.getNamed(text)).toEqual(bytes);
  });

  it('may have names that begin like each other', async () => {
    const store = createFolderStore(await newFolder());
    for (const text of ['receipts/a/b', 'receipts/a', 'receipts/a/b/c', 'receipts']) {
      await store.putNamed(text, Buffer.from(text));
    }
    expect(String(await store.getNamed('receipts/a'))).toBe('receipts/a');
    expect(await store.listNamed('')).toEqual(['receipts', 'receipts/a', 'receipts/a/b', 'receipts/a/b/c']);
    expect(await store.listNamed('receipts/a/')).toEqual(['receipts/a/b', 'receipts/a/b/c']);
    expect(await store.listNamed('nothing/here/')).toEqual([]);
    expect(await store.getNamed('receipts/b')).toBeNull();
  });

  it('are whole at every moment while many write them at once', async () => {
    const folder = await newFolder();
    const [one, other] = [createFolderStore(folder), createFolderStore(folder)];
    const contents = Array.from({ length: 10 }, (_, i) => Buffer.alloc(100_000, i));
    await one.putNamed('doc', contents[0] ?? Buffer.alloc(0));
    const writes = contents.map((content, i) => (i % 2 === 0 ? one : other).putNamed('doc', content));
    const reads = contents.map(async () => {
      const seen = Buffer.from((await other.getNamed('doc')) ?? []);
      expect(seen.length).toBe(100_000);
      expect(seen.equals(Buffer.alloc(100_000, seen[0]))).toBe(true);
    });
    await Promise.all([...writes, ...reads]);
    expect(await readdir(join(folder, 'named'))).toEqual(['doc@']);
  });

  it('are made by one alone of many who make the same at once, and are whole', async () => {
    const folder = await newFolder();
    const [one, other] = [createFolderStore(folder), createFolderStore(folder)];
    const contents = Array.from({ length: 10 }, (_, i) => Buffer.alloc(100_000, i));
    const made = await Promise.all(
      contents.map((content, i) => (i % 2 === 0 ? one : other).createNamed('backups/a/1', content)),
    );
    expect(made.filter(Boolean)).toHaveLength(1);
    expect(await one.getNamed('backups/a/1')).toEqual(contents[made.indexOf(true)]);
    expect(await readdir(join(folder, 'named', 'backups', 'a'))).toEqual(['1@']);
  });

  it('are left as they are by whoever would make them a second time', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    await store.putNamed('a', Buffer.from('first'));
    expect(await store.createNamed('a', Buffer.from('second'))).toBe(false);
    expect(String(await store.getNamed('a'))).toBe('first');
    expect(await readdir(join(folder, 'named'))).toEqual(['a@']);
  });

  it('do not include what a crash left half-written', async () => {
    const folder = await newFolder();
    const store = createFolderStore(folder);
    await mkdir(join(folder, 'named', 'receipts'), { recursive: true });
    await mkdir(join(folder, 'sha256'), { recursive: true });
    await writeFile(join(folder, 'named', 'receipts', '.0b5c.tmp'), '{"half"');
    await writeFile(join(folder, 'sha256', '.77aa.tmp'), 'half');
    expect(await store.listNamed('')).toEqual([]);
    expect(await store.getNamed('receipts/.0b5c.tmp')).toBeNull();
    await store.putNamed('receipts/a', Buffer.from('{}'));
    expect(await store.listNamed('')).toEqual(['receipts/a']);
  });

  it('never lie outside of the folder', async () => {
    const folder = await newFolder();
    const store = createFolderStore(join(folder, 'store'));
    await writeFile(join(folder, 'outside@'), 'x');
    for (const text of ['../../outside', '/etc/passwd', 'a/../../../outside', '']) {
      await expect(store.putNamed(text, Buffer.from('x'))).rejects.toMatchObject({ code: 'InvalidName' });
      await expect(store.getNamed(text)).rejects.toMatchObject({ code: 'InvalidName' });
    }
    await expect(store.listNamed('../../')).rejects.toMatchObject({ code: 'InvalidName' });
    expect(await readdir(folder)).toEqual(['outside@']);
  });
});
