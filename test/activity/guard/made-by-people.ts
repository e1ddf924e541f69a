import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { GuardPlace, Scene } from '../../kit/guard-site.ts';
import { at } from '../../kit/talk.ts';

/** A task that people made with two further jobs a segment. */
export async function replicatedTask(site: GuardPlace): Promise<Scene> {
  return madeByPeople(site, { consensus_replicas: 2 }, {});
}

/** A task that people made with a pool of ground truth, whose frames lie in the jobs as well. */
export async function pooledTask(site: GuardPlace): Promise<Scene> {
  const pool = { mode: 'gt_pool', frame_selection_method: 'random_uniform', frame_count: 1, frames_per_job_count: 1 };
  return madeByPeople(site, {}, { sorting_method: 'random', validation_params: pool });
}

async function madeByPeople(site: GuardPlace, options: object, data: object): Promise<Scene> {
  const scene = await site.scene();
  await site.cvat.deleteTask(scene.task.taskId);
  const task = { name: scene.input.task, project_id: scene.task.projectId, segment_size: 2, ...options };
  const { json } = await site.people.call('POST', '/api/tasks', task);
  const taskId = Number(at(json, 'id'));
  const folder = new URL(scene.input.images?.uri ?? '').pathname;
  const form = new FormData();
  form.set('image_quality', '70');
  for (const [number, name] of (await readdir(folder)).toSorted((a, b) => a.localeCompare(b)).entries()) {
    form.set(`client_files[${number}]`, new Blob([await readFile(join(folder, name))]), name);
  }
  await site.people.upload(taskId, form, { image_quality: 70, ...data });
  await site.cvat.awaitTaskCreation(taskId);
  const found = await site.run('ensureTask', scene);
  return { ...scene, task: found, jobs: await site.cvat.jobs(taskId, { type: 'annotation' }) };
}
