import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createRecorder, type Recorder } from '../../../scripts/record/recorder.ts';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { at, talk } from '../../kit/talk.ts';
import { createCvat } from '../../../src/cvat/client.ts';

let cvat: SandboxCvat;
let recorder: Recorder;
let dir: string;
let url: string;
beforeAll(async () => {
  cvat = await startSandboxCvat();
  dir = mkdtempSync(join(tmpdir(), 'maskloop-record-'));
  recorder = createRecorder({ target: new URL(cvat.url), file: join(dir, 'transcript.jsonl'), label: 'first' });
  recorder.server.listen(0, '127.0.0.1');
  await once(recorder.server, 'listening');
  url = `http://127.0.0.1:${(recorder.server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  recorder.server.closeAllConnections();
  recorder.server.close();
  await cvat.close();
  rmSync(dir, { recursive: true });
});

describe('a recording of a server', () => {
  it('lets a client work and holds every exchange, but no secret', async () => {
    const secret = { kind: 'password', ...SANDBOX_ADMIN } as const;
    const client = createCvat({ url, credentials: async () => secret });
    expect(await client.version()).toBe('2.73.0');
    recorder.name('second');
    const project = await client.createProject({ name: 'Ümläut', labels: ['a', 'b'] });
    const labels = await client.projectLabels(project.id);
    const text = readFileSync(join(dir, 'transcript.jsonl'), 'utf8');
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, never>);
    expect(lines.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(lines.map((line) => line['case'])).toEqual(['first', 'first', 'second', 'second']);
    expect(lines[3]).toMatchObject({
      request: {
        method: 'GET',
        url: expect.stringContaining('/api/labels?'),
        headers: { authorization: expect.stringMatching(/^Token SECRET\d{3}$/) },
      },
      response: { status: 200, bodyEncoding: 'utf8' },
    });
    expect(JSON.parse(String(lines[3]?.['response']?.['body']))).toMatchObject({ count: labels.length });
    expect(lines[0]).toMatchObject({ request: { body: expect.stringContaining('"password":"SECRET001"') } });
    const authorization = String(lines[3]?.['request']?.['headers']?.['authorization']);
    const name = authorization.replace('Token ', '');
    expect(lines[0]).toMatchObject({ response: { body: expect.stringContaining(`"key":"${name}"`) } });
    expect(text).not.toContain(SANDBOX_ADMIN.password);
    const again = await talk(cvat.url, 'POST', '/api/auth/login', { json: SANDBOX_ADMIN });
    expect(text).not.toContain(String(at(again.json, 'key')));
  });

  it('takes the name of a case from a header that the server does not see', async () => {
    const { status } = await fetch(`${url}/api/server/about`, { headers: { 'x-record-case': 'third' } });
    expect(status).toBe(200);
    const last = readFileSync(join(dir, 'transcript.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({
      case: 'third',
      request: { headers: expect.not.objectContaining({ 'x-record-case': 'third' }) },
    });
  });
});
