import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TemporaryFile } from '../../../src/coco/temporary-file.ts';
import { withFolder } from './folder.ts';

/** What is gathered before the file is written to, in bytes. */
const GATHERED = 2 ** 16;

async function written(texts: readonly string[]): Promise<string> {
  return withFolder({}, async (dir) => {
    const file = await TemporaryFile.create(dir);
    for (const each of texts) await file.write(each);
    await file.seal();
    await file.publish(join(dir, 'published'));
    return readFile(join(dir, 'published'), 'latin1');
  });
}

function text(length: number): string {
  return Array.from({ length }, (_, index) => String.fromCodePoint(32 + (index % 95))).join('');
}

describe('a temporary file', () => {
  it.each([
    ['ends one byte before the gathered text is full', [1, GATHERED - 2]],
    ['fills the gathered text exactly', [1, GATHERED - 1, 5]],
    ['goes one byte beyond', [1, GATHERED, 5]],
    ['is several times as long', [7, 3 * GATHERED + 11, 5]],
    ['is empty', [0, 3, 0]],
  ])('holds all that was written in order, where a text %s', async (_case, lengths) => {
    const texts = lengths.map(text);
    expect((await written(texts)) === texts.join('')).toBe(true);
  });

  it('takes the text of another one after its own', async () => {
    await withFolder({}, async (dir) => {
      const [first, second] = [await TemporaryFile.create(dir), await TemporaryFile.create(dir)];
      await second.write(text(GATHERED + 9));
      await first.write('before ');
      await first.append(second);
      await first.write(' after');
      await first.seal();
      await second.discard();
      expect(await readFile(first.path, 'latin1')).toBe(`before ${text(GATHERED + 9)} after`);
    });
  });
});
