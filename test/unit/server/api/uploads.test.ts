import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PART_BYTES } from '../../../../src/api/endpoints/uploads.ts';
import { uploadParts } from '../../../../src/server/api/upload-parts.ts';
import { hashBytes } from '../../../../src/storage/file-hash.ts';
import { openApiSite, TOKENS, type ApiSite } from '../../../kit/api-site.ts';
import { zipped } from '../../../kit/zipped.ts';

let site: ApiSite;
beforeEach(async () => {
  site = await openApiSite({});
});
afterEach(async () => site.close());

const OPERATOR: string = TOKENS.operator;
const post = async (what: string, parts: readonly string[], token = OPERATOR) =>
  site.ask(token, 'POST', `/api/v1/uploads/${what}`, { body: { parts } });
const put = async (content: Buffer, sha256 = hashBytes(content), token = OPERATOR) => {
  const answer = await fetch(`${site.url}/api/v1/uploads/${sha256}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/octet-stream' },
    body: content,
  });
  return { status: answer.status, text: await answer.text() };
};
/** A zip file in three parts. */
const inParts = async (): Promise<readonly Buffer[]> => {
  const bytes = await zipped({ 'masks/a.png': 'a', 'masks/b.png': 'b' });
  return [bytes.subarray(0, 50), bytes.subarray(50, 120), bytes.subarray(120)];
};

describe('a zip file that is uploaded in parts', () => {
  it('is sent as far as it is missing, unpacked, and leaves no part behind', async () => {
    const parts = await inParts();
    const hashes = parts.map((part) => hashBytes(part));
    expect((await put(parts[1] as Buffer)).status).toBe(204);
    expect((await post('missing', hashes)).json).toEqual({ missing: [hashes[0], hashes[2]] });
    expect((await post('unpack', hashes)).json).toMatchObject({ status: 409, code: 'UploadIncomplete' });
    for (const part of [parts[0], parts[2]]) await put(part as Buffer);
    expect((await post('missing', hashes)).json).toEqual({ missing: [] });
    const { json } = await post('unpack', hashes);
    expect(json).toMatchObject({ files: 2, folder: { files: 2, manifest: {} } });
    const { folder } = json as { folder: { manifest: { sha256: string } } };
    const described = await site.ask(OPERATOR, 'GET', `/api/v1/folders/${folder.manifest.sha256}`);
    expect(described.json).toEqual(folder);
    expect(await site.store.listNamed('uploads/')).toEqual([]);
  });

  it('is nobody else’s: neither are its parts told as there, nor may they be unpacked', async () => {
    const parts = await inParts();
    const hashes = parts.map((part) => hashBytes(part));
    for (const part of parts) await put(part);
    expect((await post('missing', hashes, TOKENS.north)).json).toEqual({ missing: hashes });
    expect((await post('unpack', hashes, TOKENS.north)).json).toMatchObject({ code: 'UploadIncomplete' });
    for (const token of [TOKENS.lead, TOKENS.viewer]) {
      expect((await post('unpack', hashes, token)).status).toBe(403);
      expect((await put(parts[0] as Buffer, undefined, token)).status).toBe(403);
    }
  });

  it('that is none, or holds what is not safe, is refused with the reason and not kept', async () => {
    const link = await zipped({ 'a.png': '/etc/passwd' }, { mode: 0o120777 });
    for (const [content, problem] of [
      [Buffer.from('no zip file'), 'cannot be unpacked'],
      [link, '"a.png" is a link'],
    ] as const) {
      await put(content);
      const { json } = await post('unpack', [hashBytes(content)]);
      expect(json).toMatchObject({ status: 400, code: 'ZipRefused', detail: expect.stringContaining(problem) });
    }
    expect(await site.store.listNamed('uploads/')).toEqual([]);
  });

  it('may come in no part that is too large or not what it says', async () => {
    const large = await put(Buffer.alloc(PART_BYTES + 1));
    expect([large.status, large.text]).toEqual([400, expect.stringContaining('RequestInvalid')]);
    const other = await put(Buffer.from('x'), hashBytes('y'));
    expect([other.status, other.text]).toEqual([400, expect.stringContaining('UploadDiffers')]);
    expect(await site.store.listNamed('uploads/')).toEqual([]);
  });

  it('that nobody goes on with is removed after a day', async () => {
    const hour = 3_600_000;
    let now = 0;
    const uploads = uploadParts(site.store, () => now);
    await uploads.put('ana', hashBytes('old'), Buffer.from('old'));
    now = 20 * hour;
    await uploads.put('ana', hashBytes('new'), Buffer.from('new'));
    now = 25 * hour;
    await uploads.sweep();
    expect(await uploads.missing('ana', [hashBytes('old'), hashBytes('new')])).toEqual([hashBytes('old')]);
  });
});
