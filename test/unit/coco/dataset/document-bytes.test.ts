import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { documentBytes } from '../../../../src/coco/dataset/document-bytes.ts';
import { checkDocumentSize } from '../../../../src/coco/document-size.ts';
import { failureOf } from '../failure-of.ts';
import { withFolder } from '../folder.ts';

const text = `{"images": [${' '.repeat(1000)}]}`;

describe('the bytes of a document', () => {
  it('are read up to the limit, packed or not', async () => {
    await withFolder({ 'a.json': text, 'a.json.gz': gzipSync(text) }, async (dir) => {
      for (const name of ['a.json', 'a.json.gz']) {
        const bytes = await documentBytes(join(dir, name), undefined, text.length);
        expect(Buffer.from(bytes).toString()).toBe(text);
      }
    });
  });

  it('are refused a byte above it by name, with both numbers where they are known', async () => {
    await withFolder({ 'a.json': text, 'a.json.gz': gzipSync(text) }, async (dir) => {
      const limit = text.length - 1;
      const plain = join(dir, 'a.json');
      expect(await failureOf(() => documentBytes(plain, undefined, limit))).toMatchObject({
        code: 'DocumentTooLarge',
        message: `${plain} has ${text.length} bytes; ${limit} are allowed.`,
        facts: { file: plain, bytes: text.length, limit },
      });
      expect(await failureOf(() => documentBytes(join(dir, 'a.json.gz'), undefined, limit))).toMatchObject({
        code: 'DocumentTooLarge',
        facts: { bytes: null, limit },
      });
    });
  });

  it('may be as many as Node reads at once, and no more', async () => {
    expect(() => checkDocumentSize(2 ** 31 - 1, 'a.json')).not.toThrow();
    expect(await failureOf(() => checkDocumentSize(2 ** 31, 'a.json'))).toMatchObject({ code: 'DocumentTooLarge' });
  });
});
