import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startSandbox } from '../../../../src/sandbox.ts';

const small = { seed: 1, frames: 2, width: 64, height: 48 };
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'sandbox-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the sandbox', () => {
  it('runs both servers on generated frames, logs their requests together, and ends', async () => {
    const requestLog = join(dir, 'requests.jsonl');
    const sandbox = await startSandbox({ ...small, dir: join(dir, 'new'), annotator: true, requestLog });
    expect((await fetch(`${sandbox.cvatUrl}/api/server/about`)).status).toBe(200);
    const info = (await (await fetch(`${sandbox.monaiUrl}/info/`)).json()) as { trainers: object };
    expect(Object.keys(info.trainers)).toEqual([sandbox.model]);
    const login = await fetch(`${sandbox.cvatUrl}/api/auth/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(sandbox.cvatLogin),
    });
    expect(login.status).toBe(200);
    for (const folder of [sandbox.imagesDir, sandbox.masksDir, sandbox.truthDir]) {
      expect(existsSync(join(folder, 'frame_000001.png'))).toBe(true);
    }
    expect(existsSync(sandbox.categoriesFile)).toBe(true);
    await sandbox.close();
    await sandbox.close();

    const logged = readFileSync(requestLog, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(logged).toContainEqual(expect.objectContaining({ server: 'cvat', path: '/api/server/about', status: 200 }));
    expect(logged).toContainEqual(expect.objectContaining({ server: 'monai', path: '/info/', status: 200 }));
    await expect(fetch(sandbox.monaiUrl)).rejects.toMatchObject({ message: 'fetch failed' });
    await expect(fetch(sandbox.cvatUrl)).rejects.toMatchObject({ message: 'fetch failed' });
  });

  it('fails on a port that is taken and leaves its other server closed', async () => {
    const first = await startSandbox({ ...small, dir, annotator: false });
    const monaiPort = Number(new URL(first.monaiUrl).port);
    const cvatPort = Number(new URL(first.cvatUrl).port);
    await first.close();
    const holder = await startSandbox({ ...small, dir, annotator: false, monaiPort });
    const second = startSandbox({ ...small, dir, annotator: false, monaiPort, cvatPort });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
    const again = await startSandbox({ ...small, dir, annotator: false, cvatPort });
    await again.close();
    await holder.close();
  });
});
