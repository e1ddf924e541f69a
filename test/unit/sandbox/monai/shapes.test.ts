import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningServer } from '../../../../src/sandbox/running-server.ts';
import { ask, form, startFast, train } from './talk.ts';

const png = Buffer.from('89504e470d0a1a0a', 'hex');
let server: RunningServer;

beforeAll(async () => {
  server = await startFast();
  await ask(server.url, 'PUT', '/datastore/image?image=img_012', { body: form('file', 'img_012.png', png) });
});
afterAll(() => server.close());

/** Requests without a body and the recorded answers. */
const RECORDED: readonly [method: string, target: string, status: number, body: string][] = [
  ['GET', '/nope', 404, '{"detail":"Not Found"}'],
  ['GET', '/train/', 404, '{"detail":"No Train Tasks Found"}'],
  ['GET', '/train/?all=true', 404, '{"detail":"No Train Tasks Found"}'],
  ['GET', '/train/?check_if_running=true', 404, '{"detail":"No Train Tasks are currently Running"}'],
  ['DELETE', '/train/', 200, 'null'],
  ['GET', '/train/segmentation', 405, '{"detail":"Method Not Allowed"}'],
  [
    'GET',
    '/datastore/?output=bogus',
    422,
    `{"detail":[{"type":"enum","loc":["query","output"],"msg":"Input should be 'train', 'stats' or 'all'","input":"bogus","ctx":{"expected":"'train', 'stats' or 'all'"}}]}`,
  ],
  ['GET', '/datastore/image?image=unknown', 404, '{"detail":"Image NOT Found"}'],
  ['HEAD', '/datastore/image?image=img_012&check_sum=SHA256:00', 404, ''],
  [
    'GET',
    '/datastore/image',
    422,
    '{"detail":[{"type":"missing","loc":["query","image"],"msg":"Field required","input":null}]}',
  ],
  ['GET', '/datastore/image/info?image=unknown', 200, '{}'],
  ['GET', '/datastore/label?label=unknown&tag=final', 404, '{"detail":"Label NOT Found"}'],
  [
    'GET',
    '/datastore/label?label=img_012',
    422,
    '{"detail":[{"type":"missing","loc":["query","tag"],"msg":"Field required","input":null}]}',
  ],
  ['HEAD', '/datastore/label?label=img_012&tag=final', 422, ''],
  [
    'PUT',
    '/datastore/image?image=nofile',
    422,
    '{"detail":[{"type":"missing","loc":["body","file"],"msg":"Field required","input":null}]}',
  ],
  [
    'PUT',
    '/datastore/label?image=img_012&tag=final',
    422,
    '{"detail":[{"type":"missing","loc":["body","label"],"msg":"Field required","input":null}]}',
  ],
  ['DELETE', '/datastore/label?id=unknown&tag=final', 200, '{}'],
  ['DELETE', '/datastore/image?id=unknown', 500, 'Internal Server Error'],
  ['GET', '/model/segmentation', 404, '{"detail":"Model File NOT Found for segmentation"}'],
  ['GET', '/model/info/nope', 404, '{"detail":"Model File NOT Found for nope"}'],
  ['POST', '/infer/segmentation', 500, '{"detail":"Neither Image nor File not Session ID input is provided"}'],
  ['POST', '/infer/segmentation?image=unknown&output=json', 500, 'Internal Server Error'],
  ['POST', '/infer/nope?image=img_012&output=json', 500, 'Internal Server Error'],
  [
    'POST',
    '/infer/segmentation?image=img_012&output=bogus',
    422,
    `{"detail":[{"type":"enum","loc":["query","output"],"msg":"Input should be 'image', 'json', 'all' or 'dicom_seg'","input":"bogus","ctx":{"expected":"'image', 'json', 'all' or 'dicom_seg'"}}]}`,
  ],
  [
    'POST',
    '/train/segmentation?enqueue=maybe',
    422,
    '{"detail":[{"type":"bool_parsing","loc":["query","enqueue"],"msg":"Input should be a valid boolean, unable to interpret input","input":"maybe"}]}',
  ],
];

describe('the stand-in of MONAI Label', () => {
  it.each(RECORDED)('answers %s %s as recorded with %i', async (method, target, status, body) => {
    const answer = await ask(server.url, method, target);
    expect([answer.status, answer.text]).toEqual([status, body]);
    expect(answer.headers.get('server')).toBe('uvicorn');
    const type = body === 'Internal Server Error' ? 'text/plain; charset=utf-8' : 'application/json';
    expect(answer.headers.get('content-type')).toBe(type);
  });

  it('redirects by slash to an absolute address on the host that was asked, keeping the query', async () => {
    const answer = await ask(server.url, 'GET', '/info?x=1');
    expect([answer.status, answer.headers.get('location')]).toEqual([307, `${server.url}/info/?x=1`]);
    const other = await ask(server.url, 'POST', '/train/nope/');
    expect([other.status, other.headers.get('location')]).toEqual([307, `${server.url}/train/nope`]);
  });

  it('refuses training requests that are no JSON object', async () => {
    const post = (body: string) => ask(server.url, 'POST', '/train/segmentation', { body });
    const broken = await post('{not json');
    expect([broken.status, broken.text]).toEqual([
      422,
      '{"detail":[{"type":"json_invalid","loc":["body",1],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting property name enclosed in double quotes"}}]}',
    ]);
    const list = await train(server.url, [1]);
    expect([list.status, list.text]).toEqual([
      422,
      '{"detail":[{"type":"dict_type","loc":["body"],"msg":"Input should be a valid dictionary","input":[1]}]}',
    ]);
  });

  it('refuses broken multipart bodies', async () => {
    const put = (type: string, body: string) =>
      ask(server.url, 'PUT', '/datastore/label?image=img_012&tag=final', { body, headers: { 'content-type': type } });
    const cut = await put('multipart/form-data; boundary=y', '--x\r\nbroken');
    expect([cut.status, cut.text]).toEqual([400, '{"detail":"There was an error parsing the body"}']);
    const unbound = await put('multipart/form-data', 'abc');
    expect([unbound.status, unbound.text]).toEqual([400, '{"detail":"Missing boundary in multipart."}']);
  });

  it('describes itself with a model whose indices are not the category ids', async () => {
    const info: unknown = JSON.parse((await ask(server.url, 'GET', '/info/')).text);
    expect(info).toMatchObject({
      models: {
        segmentation: { type: 'segmentation', labels: { fat: 1, instrument: 2, gallbladder: 3 }, dimension: 2 },
      },
      trainers: {
        segmentation: { config: { max_epochs: 20, val_split: 0.2 }, labels: ['fat', 'instrument', 'gallbladder'] },
      },
      train_stats: { segmentation: {} },
      datastore: { total: 1, completed: 0, label_tags: {} },
    });
  });

  it('records every request with its decoded path', async () => {
    const before = server.log.count({ path: /^\/a b$/, status: 404 });
    await ask(server.url, 'GET', '/a%20b?q=%20');
    expect(server.log.count({ path: /^\/a b$/, status: 404, server: 'monai' })).toBe(before + 1);
    expect(server.log.entries.at(-1)).toMatchObject({ method: 'GET', query: 'q=%20' });
  });
});
