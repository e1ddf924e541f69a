import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SandboxMonai } from '../../../../src/sandbox/monai/start-sandbox-monai.ts';
import { ask, form, read, startFast, uploadScenes } from './talk.ts';

const bytes = Buffer.from('any bytes');
let server: SandboxMonai;
beforeEach(async () => {
  server = await startFast();
});
afterEach(() => server.close());

const get = (target: string, headers: Record<string, string> = {}) => ask(server.url, 'GET', target, { headers });

describe('sessions of the stand-in', () => {
  it('keep an image aside, can be inferred on, and are gone when deleted', async () => {
    const [scene] = await uploadScenes(server.url, 1);
    const made = await ask(server.url, 'PUT', '/session/', { body: form('files', 's.png', scene!.image) });
    const { session_id: id, session_info: info } = JSON.parse(made.text) as {
      session_id: string;
      session_info: object;
    };
    expect(info).toMatchObject({ name: id, meta: {}, expiry: 3600 });
    expect(await read(server.url, `/session/${id}`)).toEqual(info);
    const image = await get(`/session/${id}?image=true`);
    expect(image.bytes.equals(Buffer.from(scene!.image))).toBe(true);
    expect((await ask(server.url, 'POST', `/infer/segmentation?session_id=${id}&output=json`)).status).toBe(200);
    expect((await get('/datastore/')).text).toContain('"total":1');
    expect((await ask(server.url, 'DELETE', `/session/${id}`)).status).toBe(200);
    const gone = await get(`/session/${id}`);
    expect([gone.status, gone.text]).toEqual([404, `{"detail":"Session (${id}) Not Found"}`]);
    expect((await ask(server.url, 'DELETE', '/session/..%2Fstudies')).status).toBe(404);
  });
});

describe('inference of the stand-in', () => {
  it('takes an upload, refuses DICOM, and breaks on unknown sessions', async () => {
    const [scene] = await uploadScenes(server.url, 1);
    const upload = await ask(server.url, 'POST', '/infer/segmentation?output=image', {
      body: form('file', 'n.png', scene!.image),
    });
    expect([upload.status, upload.headers.get('content-type')]).toEqual([200, 'image/png']);
    const dicom = await ask(server.url, 'POST', '/infer/segmentation?image=s0&output=dicom_seg');
    expect([dicom.status, dicom.text]).toEqual([
      500,
      '{"detail":"DICOM SEG format is not supported in a non-DICOM datastore"}',
    ]);
    const session = await ask(server.url, 'POST', '/infer/segmentation?session_id=unknown&output=json');
    expect([session.status, session.text]).toEqual([500, 'Internal Server Error']);
  });

  it('is logged, and the log gives as many lines as it is asked for', async () => {
    await uploadScenes(server.url, 1);
    await ask(server.url, 'POST', '/infer/segmentation?image=s0&output=json');
    const lines = await get('/logs/?lines=2&text=true');
    expect(lines.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(lines.text).toMatch(
      /^\[.*Result File: .*\n\[.*Result Json Keys: \['label_names', 'latencies', 'centroids'\]\n$/,
    );
    expect((await get('/logs/')).headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect((await get('/logs/gpu')).status).toBe(500);
  });
});

describe('the dataset of the stand-in', () => {
  it('comes as an archive of labelled images', async () => {
    await uploadScenes(server.url, 2);
    const archive = await get('/datastore/dataset?limit_cases=1');
    expect(archive.headers.get('content-disposition')).toBe('attachment; filename="dataset.zip"');
    const names = archive.bytes.toString('latin1').match(/(?:image|label)\/s\d\.png|metadata\.json/g);
    expect([...new Set(names)]).toEqual(['image/s0.png', 'label/s0.png', 'metadata.json']);
  });
});

describe('the models of the stand-in', () => {
  it('can be put aside', async () => {
    await ask(server.url, 'PUT', '/model/segmentation', { body: form('file', 'm.pt', bytes) });
    expect((await ask(server.url, 'DELETE', '/model/segmentation')).text).toBe('{}');
    expect((await ask(server.url, 'DELETE', '/model/segmentation')).status).toBe(404);
    expect((await get('/model/segmentation')).status).toBe(404);
  });
});

describe('the description of the stand-in', () => {
  it('names the routes and their parameters but no release', async () => {
    const api = (await read(server.url, '/openapi.json')) as {
      paths: Record<string, Record<string, { parameters: object[] }>>;
    };
    expect(api).toMatchObject({ openapi: '3.1.0', info: { title: 'MONAILabel', version: '0.1.0' } });
    expect(api.paths['/train/{model}']?.['post']?.parameters).toMatchObject([
      { name: 'model', in: 'path', required: true },
      { name: 'run_sync', in: 'query', required: false },
      { name: 'enqueue', in: 'query', required: false },
      { name: 'token', in: 'query', required: false },
    ]);
    expect(api.paths).not.toHaveProperty('/auth/');
  });
});

describe('logins of the stand-in', () => {
  const auth = { realm: 'http://realm.test/realms/monailabel', isReachable: true, users: ['ann'] };
  const login = (name: string) =>
    ask(server.url, 'POST', '/auth/token', { body: new URLSearchParams({ username: name, password: 'x' }) });

  it('do not exist unless they are switched on', async () => {
    expect((await get('/auth/')).status).toBe(404);
    expect((await get('/datastore/', { authorization: 'Bearer x' })).status).toBe(200);
  });

  it('let nobody in without a token, and nobody with one that they have given out', async () => {
    await server.restart({ auth });
    for (const headers of [{}, { authorization: 'Basic YTpi' }]) {
      const answer = await get('/datastore/', headers);
      expect([answer.status, answer.text]).toEqual([401, '{"detail":"Not authenticated"}']);
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
    expect(await read(server.url, '/auth/')).toEqual({ enabled: true, client_id: 'monailabel-app', realm: auth.realm });
    const { access_token: token } = JSON.parse((await login('ann')).text) as { access_token: string };
    const refused = await get('/datastore/', { authorization: `Bearer ${token}` });
    expect([refused.status, refused.text]).toEqual([401, '{"detail":"Could not validate credentials"}']);
    expect((await login('nobody')).status).toBe(500);
    expect((await get('/openapi.json')).status).toBe(200);
    expect((await get('/nope')).status).toBe(404);
  });

  it('break while the realm cannot be reached', async () => {
    await server.restart({ auth: { ...auth, isReachable: false } });
    const answer = await get('/datastore/', { authorization: 'Bearer x' });
    expect([answer.status, answer.text]).toEqual([500, 'Internal Server Error']);
    expect((await login('ann')).status).toBe(500);
    expect((await get('/datastore/')).status).toBe(401);
  });
});
