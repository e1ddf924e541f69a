import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { SandboxMonai } from '../../../../src/sandbox/monai/start-sandbox-monai.ts';
import { ask, form, post, read, settledTask, startFast, train, uploadScenes } from './talk.ts';

const bytes = Buffer.from('not a picture');
let server: SandboxMonai;
afterEach(() => server.close());

const counts = async () => (await ask(server.url, 'GET', '/datastore/')).text;
const put = (id: string) =>
  ask(server.url, 'PUT', `/datastore/image?image=${id}`, { body: form('file', 'x.png', bytes) });
const stats = async () =>
  (await read(server.url, '/info/')) as { train_stats: { segmentation: { epoch?: number; total_epochs?: number } } };

async function untilRunning(): Promise<void> {
  while ((await ask(server.url, 'GET', '/train/?check_if_running=true')).status !== 200) await setTimeout(5);
}

describe('a restart of the stand-in', () => {
  it('forgets the tasks while the training goes on, publishes, and does not keep another one from starting', async () => {
    server = await startFast({ spawnMs: 0, epochMs: 15 });
    await uploadScenes(server.url, 3);
    await train(server.url, { max_epochs: 60, name: 'orphan' });
    await untilRunning();
    while ((await stats()).train_stats.segmentation.epoch === undefined) await setTimeout(5);
    const { url } = server;
    await server.restart();
    expect(server.url).toBe(url);
    expect((await ask(url, 'GET', '/train/?all=true')).status).toBe(404);
    expect((await ask(url, 'GET', '/train/?check_if_running=true')).status).toBe(404);
    expect((await ask(url, 'DELETE', '/train/')).text).toBe('null');
    const before = (await stats()).train_stats.segmentation;
    expect(before).toMatchObject({ total_epochs: 60 });
    expect((await train(url, { max_epochs: 1, name: 'beside' })).status).toBe(200);
    await settledTask(url, '/train/');
    while ((await stats()).train_stats.segmentation.total_epochs !== 60) await setTimeout(5);
    while ((await stats()).train_stats.segmentation.epoch !== 60) await setTimeout(5);
    expect((await ask(url, 'GET', '/train/')).text).toContain('"name":"beside"');
  });

  it('does not start what was queued, and a killed orphan leaves its statistics unfinished for good', async () => {
    server = await startFast({ spawnMs: 0, epochMs: 10 });
    await uploadScenes(server.url, 3);
    await train(server.url, { max_epochs: 100_000 });
    await train(server.url, { max_epochs: 1 }, '/train/segmentation?enqueue=true');
    while ((await stats()).train_stats.segmentation.epoch === undefined) await setTimeout(5);
    await server.restart();
    server.killProcesses();
    await setTimeout(60);
    const { train_stats: left } = await stats();
    await setTimeout(60);
    expect((await stats()).train_stats).toEqual(left);
    expect(left.segmentation).toMatchObject({ total_epochs: 100_000, current_time: expect.any(String) });
  });

  it('finds images, labels, models and sessions in its folder again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'monai-folder-'));
    server = await startFast({ folder });
    await uploadScenes(server.url, 3);
    await train(server.url, { max_epochs: 1 });
    await settledTask(server.url, '/train/');
    const session = await ask(server.url, 'PUT', '/session/', { body: form('files', 's.png', bytes) });
    const kept = [
      '/datastore/?output=all',
      '/model/info/segmentation',
      `/session/${(JSON.parse(session.text) as { session_id: string }).session_id}`,
    ];
    const before = await Promise.all(kept.map((target) => read(server.url, target)));
    await server.close();
    server = await startFast({ folder });
    expect(await Promise.all(kept.map((target) => read(server.url, target)))).toEqual(before);
    expect((await ask(server.url, 'GET', '/train/')).status).toBe(404);
    rmSync(folder, { recursive: true });
  });

  it('takes in what was put into its folder meanwhile, but no files of other kinds', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'monai-folder-'));
    server = await startFast({ folder });
    await put('known');
    await server.close();
    mkdirSync(join(folder, 'studies', 'labels', 'final'), { recursive: true });
    for (const name of ['found.png', 'notes.txt', 'labels/final/found.png']) {
      writeFileSync(join(folder, 'studies', name), bytes);
    }
    server = await startFast({ folder });
    const { total, completed } = (await read(server.url, '/datastore/')) as { total: number; completed: number };
    expect({ total, completed }).toEqual({ total: 2, completed: 1 });
    rmSync(folder, { recursive: true });
  });
});

describe('the watcher of the stand-in', () => {
  it('dies of uploads in a row: deletions stay counted until a restart, the files being gone', async () => {
    server = await startFast({ watcherLimit: { writes: 5, gapMs: 5000 } });
    for (const id of ['a', 'b', 'c', 'd', 'e']) await put(id);
    await ask(server.url, 'DELETE', '/datastore/image?id=a');
    await setTimeout(80);
    expect(await counts()).toContain('"total":5');
    expect((await ask(server.url, 'GET', '/datastore/image?image=a')).status).toBe(404);
    expect((await ask(server.url, 'GET', '/datastore/image/info?image=a')).text).toContain('"name":"a.png"');
    await server.restart();
    expect(await counts()).toContain('"total":4');
  });

  it('survives one upload less, and uploads with pauses', async () => {
    server = await startFast({ watcherLimit: { writes: 5, gapMs: 40 } });
    for (const id of ['a', 'b', 'c', 'd']) await put(id);
    await setTimeout(60);
    for (const id of ['e', 'f']) await put(id);
    await ask(server.url, 'DELETE', '/datastore/image?id=a');
    await setTimeout(80);
    expect(await counts()).toContain('"total":5');
  });

  it('once dead lets the server overwrite what background processes have written', async () => {
    server = await startFast({ spawnMs: 0, watcherLimit: { writes: 3, gapMs: 60_000 } });
    await uploadScenes(server.url, 2);
    await ask(server.url, 'DELETE', '/datastore/label?id=s1&tag=final');
    await server.restart({ watcherLimit: { writes: 1, gapMs: 1 } });
    await put('extra');
    await post(server.url, '/scoring/epistemic', { max_samples: 1 });
    expect((await settledTask(server.url, '/scoring/')).status).toBe('DONE');
    expect(await read(server.url, '/datastore/image/info?image=s1')).not.toHaveProperty('epistemic_entropy');
    const info = new URLSearchParams({ info: '{"touched":1}' });
    await ask(server.url, 'PUT', '/datastore/image/info?image=s0', { body: info });
    await server.restart();
    expect(await read(server.url, '/datastore/image/info?image=s1')).not.toHaveProperty('epistemic_entropy');
  });

  it('that is switched off lets deletions show at once and background writes after the next deletion only', async () => {
    server = await startFast({ spawnMs: 0, autoReload: false });
    await uploadScenes(server.url, 2);
    await put('other');
    await ask(server.url, 'DELETE', '/datastore/label?id=s1&tag=final');
    expect(await counts()).toContain('"completed":1');
    await post(server.url, '/scoring/epistemic', { max_samples: 1 });
    await settledTask(server.url, '/scoring/');
    expect(await read(server.url, '/datastore/image/info?image=s1')).not.toHaveProperty('epistemic_entropy');
    await ask(server.url, 'DELETE', '/datastore/image?id=other');
    expect(await read(server.url, '/datastore/image/info?image=s1')).toHaveProperty('epistemic_entropy');
  });
});
