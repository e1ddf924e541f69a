import { afterEach, describe, expect, it } from '@jest/globals';
import type { UploadFile } from '../../../src/cvat/upload-file.ts';
import { caught } from '../http/caught.ts';
import type { Seen } from '../http/scripted-server.ts';
import { cvatServers, type Routes } from './cvat-server.ts';

const { start, closeAll } = cvatServers();
afterEach(closeAll);

const DATA = 'POST /api/tasks/1/data';
const ID = 'action=create&target=task&target_id=1';

/** Answers the three kinds of upload request as recorded. */
const UPLOAD: Routes = {
  [DATA]: ({ headers }) => {
    if ('upload-start' in headers) return { status: 202 };
    if ('upload-multiple' in headers) return {};
    return 'upload-finish' in headers ? { status: 202, json: { rq_id: ID } } : { status: 400 };
  },
};

function file(name: string, content: Uint8Array = Buffer.from(name)): UploadFile {
  return { name, bytes: content.length, read: async () => content };
}

async function filesIn({ headers, body }: Seen): Promise<[string, string, string][]> {
  const form = await new Response(new Uint8Array(body), {
    headers: { 'content-type': headers['content-type'] ?? '' },
  }).formData();
  expect(form.get('image_quality')).toBe('70');
  const files: [string, string, string][] = [];
  for (const [field, value] of form) if (typeof value !== 'string') files.push([field, value.name, await value.text()]);
  return files;
}

describe('uploading images', () => {
  it('says that nothing is under way where nobody listens any more', async () => {
    const { cvat } = await start(UPLOAD);
    await closeAll();
    const notes: unknown[] = [];
    const onRequest = async (note: unknown): Promise<void> => void notes.push(note);
    const going = { from: 1, requestBytes: 1, onRequest };
    expect(await caught(cvat.uploadImages(1, [file('a.png'), file('b.png')], going))).toMatchObject({
      facts: { reason: 'ECONNREFUSED' },
    });
    expect(notes).toEqual([
      { sent: 1, sending: 1 },
      { sent: 1, sending: 0 },
    ]);
  });

  it('starts, sends the files by name in code-point order, and finishes with that order', async () => {
    const { cvat, server } = await start(UPLOAD);
    const progress: unknown[] = [];
    const names = ['b.png', 'B.png', 'ä.png', 'a.png', '😀.png', '\uFF5E.png'];
    const id = await cvat.uploadImages(
      1,
      names.map((name) => file(name)),
      { onProgress: (done) => progress.push(done) },
    );
    expect(id).toBe(ID);
    expect(server.seen.map(({ headers }) => Object.keys(headers).find((name) => name.startsWith('upload-')))).toEqual([
      'upload-start',
      'upload-multiple',
      'upload-finish',
    ]);
    const sent = await filesIn(server.seen[1] as Seen);
    const ordered = ['B.png', 'a.png', 'b.png', 'ä.png', '\uFF5E.png', '😀.png'];
    expect(sent).toEqual(ordered.map((name, i) => [`client_files[${i}]`, name, name]));
    expect(JSON.parse(String(server.seen[2]?.body))).toMatchObject({
      image_quality: 70,
      sorting_method: 'lexicographical',
    });
    expect(progress).toEqual([{ files: 6, bytes: names.join('').length + 1 + 2 + 2 }]);
  });

  it('keeps every request under 100 MB, reads files one at a time, and loses none', async () => {
    const { cvat, server } = await start(UPLOAD);
    const content = Buffer.alloc(30 * 1000 * 1000);
    let open = 0;
    let most = 0;
    const files = Array.from({ length: 4 }, (_, i): UploadFile => ({
      name: `${i}.png`,
      bytes: content.length,
      read: async () => {
        open += 1;
        most = Math.max(most, open);
        await new Promise((resolve) => setTimeout(resolve, 5));
        open -= 1;
        return content;
      },
    }));
    await cvat.uploadImages(1, files);
    const sizes = server.seen.filter(({ headers }) => 'upload-multiple' in headers).map(({ body }) => body.length);
    expect(sizes).toHaveLength(2);
    for (const size of sizes) expect(size).toBeLessThan(100 * 1000 * 1000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(120 * 1000 * 1000);
    expect(most).toBe(1);
  });

  it.each([
    ['case_1/a.png', 'would get another name'],
    ['a"b.png', 'would get another name'],
    ['a&amp;b.png', 'would get another name'],
    ['twice.png', 'comes twice'],
  ])('refuses %j before anything is sent', async (name, problem) => {
    const { cvat, server } = await start(UPLOAD);
    const error = await caught(cvat.uploadImages(1, [file(name), file('twice.png')]));
    expect(error).toMatchObject({ code: 'TaskCreationFailed', facts: { taskId: 1, file: name } });
    expect(error.message).toContain(problem);
    expect(server.seen).toEqual([]);
  });

  it('refuses an empty list', async () => {
    const { cvat } = await start(UPLOAD);
    expect((await caught(cvat.uploadImages(1, []))).code).toBe('NoImages');
  });

  it('does not finish when a file has changed while it was read', async () => {
    const { cvat, server } = await start(UPLOAD);
    const changed: UploadFile = { name: 'a.png', bytes: 10, read: async () => Buffer.from('short') };
    expect((await caught(cvat.uploadImages(1, [changed]))).code).toBe('UnreadableFile');
    expect(server.seen.some(({ headers }) => 'upload-finish' in headers)).toBe(false);
  });
});

describe('original of a frame', () => {
  it('comes byte for byte with its type', async () => {
    const original = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 255]);
    const { cvat, asked } = await start({
      'GET /api/tasks/1/data': { headers: { 'content-type': 'image/png' }, body: original },
    });
    const { bytes, contentType } = await cvat.frameOriginal(1, 3);
    expect(Buffer.from(bytes).equals(original)).toBe(true);
    expect(contentType).toBe('image/png');
    expect(asked()).toEqual(['GET /api/tasks/1/data?type=frame&number=3&quality=original']);
  });

  it('that does not exist is rejected with the words of CVAT', async () => {
    const text = "Invalid frame '99'. The frame number should be in the [0, 6] range";
    const { cvat } = await start({ 'GET /api/tasks/1/data': { status: 400, json: text } });
    expect((await caught(cvat.frameOriginal(1, 99))).facts['answer']).toBe(text);
  });
});
