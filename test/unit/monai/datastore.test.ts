import { describe, expect, it } from '@jest/globals';
import { CRASH, fakeServers, json, type Answer, type FakeServer, type Received } from './fake-server.ts';
import { NO_IMAGE, NO_LABEL } from './recorded.ts';

const serve = fakeServers();

const PNG = Buffer.from('89504e470d0a1a0a0d0a2d2d00ff', 'hex');
const IMAGE = { imageId: 'iter_1_frame_7', fileName: 'videos/v.1/frame 7.v2.PNG', bytes: PNG };
const LABEL = { ...IMAGE, tag: 'final', fileName: 'x.png', labelInfo: [{ name: 'blob', idx: 1 }] };

/** A datastore that answers as MONAI Label does, with the images that are there. */
async function datastore(images: string[], put?: (request: Received) => Answer | null): Promise<FakeServer> {
  return serve((request) => {
    const { searchParams, pathname } = new URL(request.call.replace(/^\w+ /, 'http://x'));
    const id = searchParams.get('image') ?? '';
    if (request.call.startsWith('HEAD /datastore/image?')) return json(NO_IMAGE, images.includes(id) ? 200 : 404);
    const own = put?.(request);
    if (own !== undefined) return own;
    if (pathname === '/datastore/image') images.push(id);
    return json(pathname === '/datastore/image' ? { image: id } : { image: id, label: id });
  });
}

function lastOf(received: readonly Received[]): Received {
  const last = received.at(-1);
  if (last === undefined) throw new Error('nothing arrived');
  return last;
}

async function fieldsOf({ body, headers }: Received): Promise<FormData> {
  const type = headers['content-type'] ?? '';
  expect(headers['content-length']).toBe(String(body.length));
  return new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
}

async function fileOf(form: FormData, field: string): Promise<{ name: string; type: string; bytes: Buffer }> {
  const file = form.get(field);
  if (file === null || typeof file === 'string') throw new Error(`${field} is no file`);
  return { name: file.name, type: file.type, bytes: Buffer.from(await file.arrayBuffer()) };
}

describe('putImage', () => {
  it('looks for the image first and sends it under its id, with the last extension alone', async () => {
    const { client, calls, received } = await datastore([]);
    expect(await client.putImage(IMAGE)).toBe('stored');
    const put = `PUT /datastore/image?image=${IMAGE.imageId}`;
    expect(calls().at(0)).toBe(`HEAD /datastore/image?image=${IMAGE.imageId}`);
    expect(calls().filter((call) => call.startsWith('PUT'))).toEqual([put]);
    const form = await fieldsOf(lastOf(received));
    expect([...form.keys()]).toEqual(['file']);
    expect(await fileOf(form, 'file')).toEqual({ name: 'iter_1_frame_7.PNG', type: 'image/png', bytes: PNG });
  });

  it('never sends an image that is there, however often it is asked', async () => {
    const { client, calls } = await datastore([IMAGE.imageId]);
    expect(await client.putImage(IMAGE)).toBe('present');
    expect(await client.putImage(IMAGE)).toBe('present');
    expect(calls().filter((call) => !call.startsWith('HEAD'))).toEqual([]);
  });

  it('sends an image once when it is put several times at the same moment', async () => {
    const { client, calls } = await datastore([]);
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => client.putImage(IMAGE)));
    expect(outcomes.toSorted()).toEqual(['present', 'present', 'present', 'present', 'stored']);
    expect(calls().filter((call) => call.startsWith('PUT')).length).toBe(1);
  });

  it('does not send an image again by itself after a broken connection or a 500', async () => {
    for (const failing of [null, CRASH]) {
      const { client, calls } = await datastore([], () => failing);
      await expect(client.putImage(IMAGE)).rejects.toMatchObject({ code: 'MonaiUnreachable' });
      expect(calls().filter((call) => call.startsWith('PUT')).length).toBe(1);
    }
  });

  it('does not take the 404 of another server for an absent image', async () => {
    const proxy = { status: 404, type: 'text/html', body: '<html><title>404</title></html>' };
    const { client, calls } = await serve(() => proxy);
    await expect(client.putImage(IMAGE)).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
    expect(calls().some((call) => call.startsWith('PUT'))).toBe(false);
  });

  it('notices when the server keeps the image under another id', async () => {
    const { client } = await datastore([], () => json({ image: 'iter_1_frame' }));
    await expect(client.putImage(IMAGE)).rejects.toThrow('at $.image:');
  });

  it.each(['', 'a/b', 'a.b', '../a', 'ä', 'a b', 'a&image=b', 'a\n', 'x'.repeat(201)])(
    'refuses the id %j before anything is sent',
    async (imageId) => {
      const { client, calls } = await datastore([]);
      await expect(client.putImage({ ...IMAGE, imageId })).rejects.toMatchObject({ code: 'MonaiRejected' });
      await expect(client.getLabel(imageId, 'final')).rejects.toMatchObject({ code: 'MonaiRejected' });
      await expect(client.infer('tinyseg', imageId)).rejects.toMatchObject({ code: 'MonaiRejected' });
      expect(calls()).toEqual([]);
    },
  );

  it('refuses a file without extension, which the server would not find again', async () => {
    const { client } = await datastore([]);
    await expect(client.putImage({ ...IMAGE, fileName: 'frame' })).rejects.toMatchObject({ code: 'MonaiRejected' });
  });
});

describe('labels', () => {
  it('arrive with their tag, file and label_info', async () => {
    const { client, received } = await datastore([IMAGE.imageId]);
    await client.putLabel(LABEL);
    const last = lastOf(received);
    expect(last.call).toBe(`PUT /datastore/label?image=${IMAGE.imageId}&tag=final`);
    const form = await fieldsOf(last);
    expect([...form.keys()]).toEqual(['params', 'label']);
    expect(form.get('params')).toBe('{"label_info":[{"name":"blob","idx":1}]}');
    expect(await fileOf(form, 'label')).toEqual({ name: 'iter_1_frame_7.png', type: 'image/png', bytes: PNG });
  });

  it('are refused for an image that is not there, without an upload', async () => {
    const { client, calls } = await datastore([]);
    await expect(client.putLabel(LABEL)).rejects.toMatchObject({ code: 'MonaiRejected' });
    expect(calls()).toEqual([`HEAD /datastore/image?image=${IMAGE.imageId}`]);
  });

  it('meet an outage where a 500 comes for an image that is there', async () => {
    const { client } = await datastore([IMAGE.imageId], () => CRASH);
    await expect(client.putLabel(LABEL)).rejects.toMatchObject({ code: 'MonaiUnreachable', facts: { status: 500 } });
  });

  it('are rejected with the words of the server', async () => {
    const missing = { detail: [{ type: 'missing', loc: ['body', 'label'], msg: 'Field required', input: null }] };
    const { client } = await datastore([IMAGE.imageId], () => json(missing, 422));
    const outcome = client.putLabel(LABEL);
    await expect(outcome).rejects.toMatchObject({ code: 'MonaiRejected', facts: { status: 422 } });
    await expect(outcome).rejects.toThrow('Field required');
  });

  it('refuse an empty tag, which the server would take for final', async () => {
    const { client, calls } = await datastore([IMAGE.imageId]);
    for (const tag of ['', '../x', 'a/b']) {
      await expect(client.putLabel({ ...LABEL, tag })).rejects.toMatchObject({ code: 'MonaiRejected' });
    }
    expect(calls()).toEqual([]);
  });

  it('are read as bytes, and null where there is none', async () => {
    const { client, calls } = await serve(({ call }) =>
      call.includes('tag=final') ? { status: 200, type: 'image/png', body: PNG } : json(NO_LABEL, 404),
    );
    expect(Buffer.from((await client.getLabel('img_000', 'final')) ?? [])).toEqual(PNG);
    expect(await client.getLabel('img_000', 'original')).toBeNull();
    expect(calls()[0]).toBe('GET /datastore/label?label=img_000&tag=final');
  });

  it('are not taken for absent when it is the path that is unknown', async () => {
    const { client } = await serve(() => json({ detail: 'Not Found' }, 404));
    await expect(client.getLabel('img_000', 'final')).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
  });
});

describe('uploads', () => {
  it('of all callers of one client never overlap', async () => {
    let under = 0;
    let most = 0;
    const { client, calls } = await serve(async ({ call }) => {
      const id = new URL(call.replace(/^\w+ /, 'http://x')).searchParams.get('image') ?? '';
      if (call.startsWith('HEAD')) return json(NO_IMAGE, id.startsWith('old') ? 200 : 404);
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setTimeout(resolve, 5));
      under -= 1;
      return json({ image: id, label: id });
    });
    await Promise.all([
      ...['a', 'b', 'c'].map((imageId) => client.putImage({ ...IMAGE, imageId })),
      ...['old1', 'old2', 'old3'].map((imageId) => client.putLabel({ ...LABEL, imageId })),
    ]);
    expect(calls().filter((call) => call.startsWith('PUT')).length).toBe(6);
    expect(most).toBe(1);
  });
});
