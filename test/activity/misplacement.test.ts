import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApplicationFailure } from '@temporalio/common';
import { writeMask } from '../../src/coco/write-mask.ts';
import type { IterationInput } from '../../src/contracts/iteration.ts';
import type { GuardRef } from '../../src/contracts/refs.ts';
import { SANDBOX_ADMIN } from '../../src/sandbox/cvat/start-sandbox-cvat.ts';
import { taskJobs } from '../../src/sandbox/cvat/state/jobs.ts';
import { CVAT_VERSIONS } from '../../src/sandbox/cvat/state/version.ts';
import { describeFolder } from '../../src/storage/folder-digest.ts';
import { temporaryFolders } from '../unit/storage/temporary-folder.ts';
import { at, talk } from '../kit/talk.ts';
import { openActivitySite, type ActivitySite } from '../kit/activity-site.ts';
import { pngHeader } from '../unit/sandbox/cvat/make-task.ts';
import { HEIGHT, MISPLACEMENTS, WIDTH, type Misplacement } from './misplacement-cases.ts';
import { tinyVideo } from '../unit/sandbox/cvat/tiny-video.ts';

const VIDEO = tinyVideo({ width: WIDTH, height: HEIGHT, frames: 20 });

describe.each(CVAT_VERSIONS)('on CVAT %s, masks', (version) => {
  const emptyFolder = temporaryFolders();
  let site: ActivitySite;
  let number = 0;
  beforeAll(async () => {
    site = await openActivitySite({ sandbox: { version, importMs: 5, createTaskMs: 5, queuedMs: 2 } });
  });
  afterAll(async () => site.close());

  async function call(method: string, path: string, json: object, headers = {}): Promise<unknown> {
    const login = Buffer.from(`${SANDBOX_ADMIN.username}:${SANDBOX_ADMIN.password}`).toString('base64');
    const answer = await talk(site.sandbox.url, method, path, {
      json,
      headers: { authorization: `Basic ${login}`, ...headers },
    });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return answer.json;
  }

  /** A task that somebody has made, and its id. */
  async function makeTask(wish: Misplacement, name: string): Promise<number> {
    const project = await site.cvat.createProject({ name, labels: ['other', 'tool'] });
    const task = Number(at(await call('POST', '/api/tasks', { name, project_id: project.id, ...wish.task }), 'id'));
    const names = Array.isArray(wish.frames) ? wish.frames.map(String) : ['case_042.mp4'];
    const video = Array.isArray(wish.frames) ? {} : wish.frames;
    for (const file of names)
      site.sandbox.state.share.set(file, file.endsWith('.mp4') ? VIDEO : pngHeader(WIDTH, HEIGHT));
    const data = { server_files: names, sorting_method: 'lexicographical', ...video, ...wish.options };
    const made = await call('POST', `/api/tasks/${task}/data`, data, { 'upload-finish': '' });
    await site.cvat.waitForRequest(String(at(made, 'rq_id')));
    if (wish.deleted !== undefined)
      await call('PATCH', `/api/tasks/${task}/data/meta`, { deleted_frames: wish.deleted });
    return task;
  }

  /** Masks with one pixel each, in a row of its own. */
  async function input(wish: Misplacement, name: string): Promise<IterationInput> {
    const height = wish.height ?? HEIGHT;
    const folder = await emptyFolder();
    for (const [row, mask] of wish.masks.entries()) {
      const values = new Uint8Array(WIDTH * height);
      values[row * WIDTH] = 1;
      await mkdir(dirname(join(folder, mask)), { recursive: true });
      await writeFile(join(folder, mask), writeMask({ width: WIDTH, height, values }));
    }
    const categories = await site.store.put(Buffer.from('[{"id":1,"name":"tool"}]'));
    return {
      ...site.input,
      project: name,
      task: name,
      categories,
      masks: await describeFolder(folder),
      images: null,
    };
  }

  async function bring(args: { input: IterationInput }): Promise<GuardRef | string> {
    try {
      const dataset = await site.convert(args.input);
      const task = await site.run('ensureTask', args);
      const guard = await site.run('guardTask', { ...args, dataset, task });
      const imported = await site.run('importPreannotations', { ...args, dataset, task, guard });
      await site.run('verifyImport', { ...args, dataset, task, imported });
      return guard;
    } catch (error) {
      if (error instanceof ApplicationFailure) return error.type ?? error.message;
      throw error;
    }
  }

  it.each(MISPLACEMENTS)('of $title are right or refused', async (wish) => {
    const name = `misplaced ${(number += 1)}`;
    const task = await makeTask(wish, name);
    const outcome = await bring({ input: await input(wish, name) });
    const { state } = site.sandbox;
    const held = taskJobs(state, task).flatMap(({ shapes }) => shapes);
    if (typeof wish.lands === 'string') {
      expect([outcome, held]).toEqual([wish.lands, []]);
      return;
    }
    const { lands } = wish;
    const left = lands.filter((frame) => frame === null).length;
    expect(outcome).toMatchObject({ leftOut: { frames: left, shapes: left } });
    const tool = [...state.labels.values()].findLast((label) => label.name === 'tool')?.id;
    const rows = held.map(({ frame, label_id: labelId, points }) => ({ frame, labelId, row: points.at(-1) }));
    const expected = lands.flatMap((frame, row) => (frame === null ? [] : [{ frame, labelId: tool, row }]));
    expect(rows.toSorted((a, b) => a.frame - b.frame)).toEqual(expected.toSorted((a, b) => a.frame - b.frame));
  });
});
