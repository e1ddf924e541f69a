import { describe, expect, it } from '@jest/globals';
import { fc } from '../../kit/seeded-properties.ts';
import { multipartBody, partOverhead, type Part } from '../../../src/http/multipart.ts';
import { caught } from './caught.ts';

async function joined(parts: readonly Part[]): Promise<{ bytes: Buffer; declared: number; contentType: string }> {
  const body = multipartBody(parts);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body.chunks()) chunks.push(chunk);
  return { bytes: Buffer.concat(chunks), declared: body.bytes, contentType: body.contentType };
}

const fileName = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/["\r\n]|[\uD800-\uDFFF]/.test(name));

describe('multipart body', () => {
  it('declares exactly the bytes that it gives, and another parser reads the same files', async () => {
    const files = fc.array(fc.record({ name: fileName, content: fc.uint8Array({ maxLength: 300 }) }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(files, fc.string(), async (given, value) => {
        const parts: Part[] = given.map(({ name, content }, i) => ({
          name: `client_files[${i}]`,
          fileName: name,
          bytes: content.length,
          read: () => content,
        }));
        const plain = value.replaceAll(/[\r\n]|[\uD800-\uDFFF]/g, '');
        const { bytes, declared, contentType } = await joined([{ name: 'image_quality', value: plain }, ...parts]);
        expect(bytes.length).toBe(declared);
        const form = await new Response(bytes, { headers: { 'content-type': contentType } }).formData();
        expect(form.get('image_quality')).toBe(plain);
        for (const [i, { name, content }] of given.entries()) {
          const file = form.get(`client_files[${i}]`) as File;
          expect(file.name).toBe(name);
          expect(new Uint8Array(await file.arrayBuffer())).toEqual(new Uint8Array(content));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('reads a file only when it is its turn', async () => {
    const read: string[] = [];
    const part = (name: string): Part => ({
      name,
      fileName: name,
      bytes: 1,
      read: async () => {
        read.push(name);
        return Buffer.from('x');
      },
    });
    const body = multipartBody([part('a'), part('b')]);
    const chunks = body.chunks()[Symbol.asyncIterator]();
    await chunks.next();
    expect(read).toEqual([]);
    await chunks.next();
    expect(read).toEqual(['a']);
  });

  it('refuses a file that has changed its size', async () => {
    const part: Part = { name: 'f', fileName: 'case_1.png', bytes: 5, read: () => Buffer.from('four') };
    const error = await caught(joined([part]));
    expect(error).toMatchObject({ code: 'UnreadableFile', facts: { file: 'case_1.png', bytes: 4 } });
  });

  it('never needs more room around a file than it says', async () => {
    await fc.assert(
      fc.asyncProperty(fileName, async (name) => {
        const part: Part = { name: 'client_files[999]', fileName: name, bytes: 0, read: () => new Uint8Array() };
        const alone = multipartBody([]).bytes;
        expect(multipartBody([part]).bytes - alone).toBeLessThanOrEqual(partOverhead(part));
      }),
    );
  });
});
