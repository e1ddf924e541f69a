import { describe, expect, it } from '@jest/globals';
import { CRASH, fakeServers, json, type Answer, type FakeServer } from './fake-server.ts';
import { INFO_EMPTY, NO_IMAGE, NO_MODEL_FILE, PUBLISHED } from './recorded.ts';

const serve = fakeServers();

const PNG = Buffer.from('89504e470d0a1a0a0000000d', 'hex');

async function modelServer(answer: () => Answer | null, images: readonly string[] = []): Promise<FakeServer> {
  return serve(({ call }) => {
    if (call === 'GET /info/') return json(INFO_EMPTY);
    const id = /^HEAD .*image=(.*)$/.exec(call)?.[1];
    return id === undefined ? answer() : json(NO_IMAGE, images.includes(id) ? 200 : 404);
  });
}

describe('publishedModel', () => {
  it('is told by its checksum, with the statistics beside it', async () => {
    const { client, calls } = await modelServer(() => json(PUBLISHED));
    expect(await client.publishedModel('tinyseg')).toEqual({
      checksum: PUBLISHED.checksum,
      modifiedAtSeconds: PUBLISHED.modified_time,
      stats: expect.objectContaining({ epoch: 40, metricName: 'val_mean_dice' }) as unknown,
    });
    expect(calls()).toEqual(['GET /model/info/tinyseg']);
  });

  it('may lack statistics, as one that was uploaded does', async () => {
    const { client } = await modelServer(() => json({ ...PUBLISHED, train_stats: {} }));
    expect(await client.publishedModel('tinyseg')).toMatchObject({ checksum: PUBLISHED.checksum, stats: null });
  });

  it('is null before the first training', async () => {
    const { client } = await modelServer(() => json(NO_MODEL_FILE, 404));
    expect(await client.publishedModel('tinyseg')).toBeNull();
    await expect(client.downloadModel('tinyseg')).rejects.toMatchObject({ code: 'ModelNotFound' });
  });

  it('of an unknown name is an error, though the server answers alike', async () => {
    const { client } = await modelServer(() => json(NO_MODEL_FILE, 404));
    await expect(client.publishedModel('nope')).rejects.toMatchObject({ code: 'ModelNotFound' });
    await expect(client.downloadModel('nope')).rejects.toMatchObject({ code: 'ModelNotFound' });
  });

  it('is not trusted with a checksum of another form', async () => {
    const { client } = await modelServer(() => json({ ...PUBLISHED, checksum: 'MD5:00' }));
    await expect(client.publishedModel('tinyseg')).rejects.toThrow('$.checksum:');
  });

  it('is downloaded as it is', async () => {
    const { client } = await modelServer(() => ({
      status: 200,
      type: 'application/vnd.snesdev-page-table',
      body: PNG,
    }));
    expect(Buffer.from(await client.downloadModel('tinyseg'))).toEqual(PNG);
  });
});

describe('uploadModel', () => {
  it('sends the file as a form, once more when the connection breaks, and gives the checksum that the server states', async () => {
    let cuts = 1;
    const { client, received } = await modelServer(() => (cuts-- > 0 ? null : json({ checksum: PUBLISHED.checksum })));
    expect(await client.uploadModel('tinyseg', PNG)).toBe(PUBLISHED.checksum);
    const puts = received.filter(({ call }) => call === 'PUT /model/tinyseg');
    expect(puts).toHaveLength(2);
    expect(puts[1]?.body.includes(PNG)).toBe(true);
    expect(puts[1]?.body.toString('latin1')).toContain('name="file"; filename="model.pt"');
  });

  it('of an unknown name is refused before anything is sent', async () => {
    const { client, calls } = await modelServer(() => CRASH);
    await expect(client.uploadModel('nope', PNG)).rejects.toMatchObject({ code: 'ModelNotFound' });
    expect(calls()).toEqual(['GET /info/']);
  });

  it('is not trusted with a checksum of another form', async () => {
    const { client } = await modelServer(() => json({ checksum: 'SHA256:00' }));
    await expect(client.uploadModel('tinyseg', PNG)).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
  });
});

describe('infer', () => {
  it('gives the PNG, and tries once more when the connection breaks', async () => {
    let cuts = 1;
    const { client, calls } = await modelServer(() =>
      cuts-- > 0 ? null : { status: 200, type: 'image/png', body: PNG },
    );
    expect(Buffer.from(await client.infer('tinyseg', 'img_015'))).toEqual(PNG);
    const call = 'POST /infer/tinyseg?image=img_015&output=image';
    expect(calls()).toEqual([call, call]);
  });

  it.each([
    ['application/json', '{"label_names":{"blob":1}}'],
    ['application/gzip', 'mask'],
    ['image/png', 'not a png'],
  ])('refuses %s that is no PNG', async (type, body) => {
    const { client } = await modelServer(() => ({ status: 200, type, body }));
    await expect(client.infer('tinyseg', 'img_015')).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
  });

  it('tells an unknown model, an unknown image and a failing model apart', async () => {
    const { client } = await modelServer(() => CRASH, ['img_015']);
    await expect(client.infer('nope', 'img_015')).rejects.toMatchObject({ code: 'ModelNotFound' });
    const unknown = client.infer('tinyseg', 'img_016');
    await expect(unknown).rejects.toMatchObject({ code: 'MonaiRejected' });
    await expect(unknown).rejects.toThrow('holds no image img_016');
    const failing = client.infer('tinyseg', 'img_015');
    await expect(failing).rejects.toMatchObject({ code: 'MonaiRejected', facts: { status: 500 } });
    await expect(failing).rejects.toThrow('fails on the image img_015');
  });

  it('meets an outage where a proxy stands in for the server', async () => {
    const { client } = await modelServer(() => ({ status: 502, type: 'text/html', body: 'Bad Gateway' }));
    await expect(client.infer('tinyseg', 'img_015')).rejects.toMatchObject({ code: 'MonaiUnreachable' });
  });
});
