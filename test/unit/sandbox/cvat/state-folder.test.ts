import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SANDBOX_ADMIN, startSandboxCvat, type SandboxCvat } from '../../../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { exported } from './export-talk.ts';
import { coco, createUpload, finish, importDocument, sendPiece, upload } from './import-document.ts';
import { at } from './json-at.ts';
import { makeTask, pngHeader } from './make-task.ts';
import { logIn, read, type Person } from './talk.ts';

const FRAMES = ['a.png', 'b.png'];

let folder: string;
let copy: string;
let running: SandboxCvat[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-state-'));
  copy = `${folder}-crashed`;
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((cvat) => cvat.close()));
  for (const path of [folder, copy]) await rm(path, { recursive: true, force: true });
});

async function start(where = folder, importMs = 2): Promise<{ cvat: SandboxCvat; admin: Person }> {
  const cvat = await startSandboxCvat({ folder: where, queuedMs: 1, importMs, createTaskMs: 2, exportMs: 2 });
  running.push(cvat);
  return { cvat, admin: await logIn(cvat.url, SANDBOX_ADMIN) };
}

async function stop(cvat: SandboxCvat): Promise<void> {
  running = running.filter((other) => other !== cvat);
  await cvat.close();
}

/** The state as a machine that stops now would leave it. */
async function crash(): Promise<string> {
  await cp(folder, copy, { recursive: true });
  return copy;
}

describe('a stand-in with a folder', () => {
  it('goes on with its tasks, frames, annotations, exports and keys where it was stopped', async () => {
    const first = await start();
    const made = await makeTask(first.admin, { frames: FRAMES });
    const task = `/api/tasks/${made.task}`;
    await importDocument(first.admin, task, coco(FRAMES));
    const archive = await exported(first.admin, task);
    const before = (await first.admin.call('GET', `${task}/annotations`)).json;
    await stop(first.cvat);

    const second = await start();
    expect(second.admin.key).toBe(first.admin.key);
    expect((await second.admin.call('GET', `${task}/annotations`)).json).toEqual(before);
    const frame = await second.admin.call('GET', `${task}/data?type=frame&number=1&quality=original`);
    expect(frame.bytes).toEqual(pngHeader(96, 64));
    const id = `action=export&target=task&target_id=${made.task}&user_id=1&format=COCO_1~0&subresource=annotations`;
    const again = await second.admin.call('GET', `${task}/dataset/download?rq_id=${encodeURIComponent(id)}`);
    expect(again.bytes.equals(archive.bytes)).toBe(true);
    expect(second.cvat.state.users.size).toBe(first.cvat.state.users.size);
  });

  it('gives no id, no key and no file name twice', async () => {
    const first = await start();
    const made = await makeTask(first.admin, { frames: FRAMES });
    const name = (await createUpload(first.admin, `/api/tasks/${made.task}`, 10)).headers.get('upload-filename');
    await stop(first.cvat);
    const second = await start();
    const later = await makeTask(second.admin, { frames: FRAMES });
    expect(later.task).toBe(made.task + 1);
    expect(later.jobs[0]).toBe((made.jobs[0] ?? 0) + 1);
    const other = await createUpload(second.admin, `/api/tasks/${made.task}`, 10);
    expect(other.headers.get('upload-filename')).not.toBe(name);
  });

  it('has everything on disk that it has answered, even half an upload', async () => {
    const first = await start();
    const made = await makeTask(first.admin, { frames: FRAMES });
    const room = `/api/tasks/${made.task}`;
    const bytes = Buffer.from(JSON.stringify(coco(FRAMES)));
    const begun = await createUpload(first.admin, room, bytes.length);
    const location = begun.headers.get('location') ?? '';
    expect((await sendPiece(first.admin, location, 0, bytes.subarray(0, 100))).status).toBe(204);

    const second = await start(await crash());
    expect((await second.admin.call('HEAD', new URL(location).pathname)).headers.get('upload-offset')).toBe('100');
    await sendPiece(second.admin, location, 100, bytes.subarray(100));
    const asked = await finish(second.admin, room, begun.headers.get('upload-filename') ?? '');
    expect(asked.status).toBe(202);
  });

  it('fails what was running when it stopped, since its worker is gone', async () => {
    const first = await start(folder, 10_000);
    const made = await makeTask(first.admin, { frames: FRAMES });
    const room = `/api/tasks/${made.task}`;
    await finish(first.admin, room, await upload(first.admin, room, coco(FRAMES)));
    await stop(first.cvat);
    const second = await start();
    const id = encodeURIComponent(`action=import&target=task&target_id=${made.task}&subresource=annotations`);
    expect((await second.admin.call('GET', `/api/requests/${id}`)).json).toMatchObject({
      status: 'failed',
      message: 'Job was stuck in intermediate queue.',
    });
    expect(at(await importDocument(second.admin, room, coco(FRAMES)), 'status')).toBe('finished');
  });

  it('keeps bytes once, and throws away those that nothing needs any more', async () => {
    const first = await start();
    const made = await makeTask(first.admin, { frames: FRAMES });
    const kept = async () => (await readdir(join(folder, 'bytes'))).length;
    const withFrames = await kept();
    await importDocument(first.admin, `/api/tasks/${made.task}`, coco(FRAMES));
    expect(await kept()).toBeGreaterThan(withFrames);
    await first.admin.call('DELETE', `/api/tasks/${made.task}`);
    await stop(first.cvat);
    await start();
    expect(await kept()).toBe(0);
  });

  it('refuses a folder that holds something else', async () => {
    await writeFile(join(folder, 'state.json'), '{"tasks": []}');
    await expect(start()).rejects.toThrow('marks');
    expect(await readFile(join(folder, 'state.json'), 'utf8')).toBe('{"tasks": []}');
  });

  it('keeps nothing anywhere without a folder', async () => {
    const cvat = await startSandboxCvat();
    running.push(cvat);
    await makeTask(await logIn(cvat.url, SANDBOX_ADMIN), { frames: FRAMES });
    expect(await readdir(folder)).toEqual([]);
    expect(await read(await logIn(cvat.url, SANDBOX_ADMIN), '/api/tasks', 'count')).toBe(1);
  });
});
