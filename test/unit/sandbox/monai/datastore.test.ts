import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '../../../../src/sandbox/running-server.ts';
import { ask, form, startFast } from './talk.ts';

const bytes = Buffer.from('not a picture at all');
let server: RunningServer;
beforeEach(async () => {
  server = await startFast();
});
afterEach(() => server.close());

const put = (target: string, data: FormData) => ask(server.url, 'PUT', target, { body: data });
const stats = async () => (await ask(server.url, 'GET', '/datastore/')).text;

describe('the datastore of the stand-in', () => {
  it('gives back image and label byte for byte', async () => {
    const image = await put('/datastore/image?image=a', form('file', 'x.png', bytes));
    expect([image.status, image.text]).toEqual([200, '{"image":"a"}']);
    const label = await put('/datastore/label?image=a&tag=final', form('label', 'm.png', Buffer.from('label')));
    expect([label.status, label.text]).toEqual([200, '{"image":"a","label":"a"}']);

    const gotImage = await ask(server.url, 'GET', '/datastore/image?image=a');
    expect(gotImage.bytes.equals(bytes)).toBe(true);
    expect(gotImage.headers.get('content-type')).toBe('image/png');
    expect(gotImage.headers.get('content-disposition')).toBe('attachment; filename="a.png"');
    expect((await ask(server.url, 'GET', '/datastore/label?label=a&tag=final')).text).toBe('label');
    expect((await ask(server.url, 'HEAD', '/datastore/image?image=a')).status).toBe(200);
    expect((await ask(server.url, 'HEAD', '/datastore/label?image=a&tag=final')).status).toBe(200);
  });

  it('forgets the labels of an image that is uploaded again', async () => {
    await put('/datastore/image?image=a', form('file', 'x.png', bytes));
    await put('/datastore/label?image=a', form('label', 'm.png', bytes));
    expect(await stats()).toBe('{"total":1,"completed":1,"label_tags":{"final":1}}');
    expect((await put('/datastore/image?image=a', form('file', 'x.png', bytes))).status).toBe(200);
    expect(await stats()).toBe('{"total":1,"completed":0,"label_tags":{}}');
    expect((await ask(server.url, 'GET', '/datastore/label?label=a&tag=final')).status).toBe(404);
  });

  it('takes the file name up to its first dot as the id and keeps a known ending, or else the rest', async () => {
    expect((await put('/datastore/image', form('file', 'study.1.slice.2.png', bytes))).text).toBe('{"image":"study"}');
    const all: unknown = JSON.parse((await ask(server.url, 'GET', '/datastore/?output=all')).text);
    expect(all).toMatchObject({ objects: { study: { image: { ext: '.png' }, labels: {} } } });
    await put('/datastore/image', form('file', 'scan.b.txt', bytes));
    expect((await ask(server.url, 'GET', '/datastore/image/info?image=scan')).text).toContain('"name":"scan.b.txt"');
  });

  it('breaks on ids in folders, on labels of unknown images and on parameters that are no JSON', async () => {
    const broken = [
      await put('/datastore/image?image=sub/dir_1', form('file', 'x.png', bytes)),
      await put('/datastore/label?image=unknown&tag=final', form('label', 'x.png', bytes)),
      await put('/datastore/image?image=b', form('file', 'x.png', bytes, { params: 'nope' })),
    ];
    for (const answer of broken) expect([answer.status, answer.text]).toEqual([500, 'Internal Server Error']);
    expect(await stats()).toBe('{"total":0,"completed":0,"label_tags":{}}');
  });

  it('lists final labels for training in the order of the first uploads', async () => {
    for (const id of ['c', 'a', 'b']) await put(`/datastore/image?image=${id}`, form('file', 'x.png', bytes));
    await put('/datastore/label?image=b&tag=final', form('label', 'm.txt', bytes));
    await put('/datastore/label?image=c&tag=final', form('label', 'm.png', bytes));
    await put('/datastore/label?image=a&tag=original', form('label', 'm.png', bytes));
    const list = JSON.parse((await ask(server.url, 'GET', '/datastore/?output=train')).text) as { label: string }[];
    expect(list.map(({ label }) => label.split('/').slice(-2).join('/'))).toEqual(['final/c.png', 'final/b.txt']);
    expect(await stats()).toBe('{"total":3,"completed":2,"label_tags":{"final":2,"original":1}}');
  });

  it('keeps facts about images and labels', async () => {
    await put('/datastore/image?image=a', form('file', 'x.png', bytes, { params: '{"frame":7}' }));
    await put('/datastore/label?image=a&tag=final', form('label', 'm.png', bytes, { params: '{"label_info":[]}' }));
    const info = new URLSearchParams({ info: '{"reviewed":true}' });
    const changed = await ask(server.url, 'PUT', '/datastore/image/info?image=a', { body: info });
    expect([changed.status, changed.text]).toEqual([200, 'null']);
    const facts: unknown = JSON.parse((await ask(server.url, 'GET', '/datastore/image/info?image=a')).text);
    expect(facts).toMatchObject({ frame: 7, user: 'admin', name: 'a.png', reviewed: true });
    const label: unknown = JSON.parse((await ask(server.url, 'GET', '/datastore/label/info?label=a&tag=final')).text);
    expect(label).toMatchObject({ label_info: [], name: 'a.png' });
  });

  it('lets the counts follow a deletion only later', async () => {
    await put('/datastore/image?image=a', form('file', 'x.png', bytes));
    await put('/datastore/label?image=a', form('label', 'm.png', bytes));
    const slow = await startFast({ watcherMs: 60_000 });
    await ask(slow.url, 'PUT', '/datastore/image?image=a', { body: form('file', 'x.png', bytes) });
    expect((await ask(slow.url, 'DELETE', '/datastore/image?id=a')).text).toBe('{}');
    expect((await ask(slow.url, 'GET', '/datastore/')).text).toContain('"total":1');
    await slow.close();

    await ask(server.url, 'DELETE', '/datastore/label?id=a&tag=final');
    await setTimeout(60);
    expect(await stats()).toBe('{"total":1,"completed":0,"label_tags":{}}');
  });
});
