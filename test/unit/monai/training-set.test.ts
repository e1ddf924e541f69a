import { describe, expect, it } from '@jest/globals';
import { fakeServers, json } from './fake-server.ts';

const serve = fakeServers();

describe('the training set', () => {
  it('is told by ids, which are the paths without folders and without the ending of the file', async () => {
    const names = ['T_frame_1_0f19cc458e71.png', 'study.1.slice.2.jpg', 'ct.nii.gz', 'plain'];
    const list = names.map((name) => ({
      image: `/srv/studies.d/${name}`,
      label: `/srv/studies.d/labels/final/${name}`,
    }));
    const { client, calls } = await serve(() => json(list));
    expect(await client.trainingSet()).toEqual(['T_frame_1_0f19cc458e71', 'study.1.slice.2', 'ct', 'plain']);
    expect(calls()).toEqual(['GET /datastore/?output=train']);
  });

  it('is refused where the answer is no list', async () => {
    const { client } = await serve(() => json({ total: 3 }));
    await expect(client.trainingSet()).rejects.toMatchObject({ code: 'MonaiUnexpectedAnswer' });
  });
});

describe('removeImage', () => {
  it('asks whether the image is there first, since the server fails on one that is not', async () => {
    const { client, calls } = await serve(() => json({}, 404));
    await client.removeImage('T_1');
    expect(calls()).toEqual(['HEAD /datastore/image?image=T_1']);
    await expect(client.removeImage('a.b')).rejects.toMatchObject({ code: 'MonaiRejected' });
    const there = await serve(() => json({}));
    await there.client.removeImage('T_1');
    expect(there.calls()).toEqual(['HEAD /datastore/image?image=T_1', 'DELETE /datastore/image?id=T_1']);
  });
});

describe('removeLabel', () => {
  it('names the image and the tag, and refuses ids and tags that would mean others', async () => {
    const { client, calls } = await serve(() => json({}));
    await client.removeLabel('T_1', 'final');
    expect(calls()).toEqual(['DELETE /datastore/label?id=T_1&tag=final']);
    await expect(client.removeLabel('a.b', 'final')).rejects.toMatchObject({ code: 'MonaiRejected' });
    await expect(client.removeLabel('a', '')).rejects.toMatchObject({ code: 'MonaiRejected' });
  });
});
