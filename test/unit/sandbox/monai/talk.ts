import { setTimeout } from 'node:timers/promises';
import type { Mask } from '../../../../src/coco/mask.ts';
import { writeMask } from '../../../../src/coco/write-mask.ts';
import type { SandboxMonaiOptions } from '../../../../src/sandbox/monai/options.ts';
import { startSandboxMonai } from '../../../../src/sandbox/monai/start-sandbox-monai.ts';
import { generateScenes, type Scene } from '../../../../src/sandbox/scenes/generate-scenes.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly bytes: Buffer;
}

/** One request on a connection of its own, which no restart and no bare 500 before it has closed; the body read to its end. */
export async function ask(url: string, method: string, target: string, init: RequestInit = {}): Promise<Answer> {
  const headers = { connection: 'close', ...Object.fromEntries(new Headers(init.headers)) };
  const response = await fetch(`${url}${target}`, { method, redirect: 'manual', ...init, headers });
  const bytes = Buffer.from(await response.arrayBuffer());
  return { status: response.status, headers: response.headers, text: bytes.toString('utf8'), bytes };
}

/** A multipart form with one file and optional text fields. */
export function form(field: string, fileName: string, bytes: Uint8Array, texts: Record<string, string> = {}): FormData {
  const data = new FormData();
  for (const [name, text] of Object.entries(texts)) data.set(name, text);
  data.set(field, new Blob([Buffer.from(bytes)]), fileName);
  return data;
}

/** A server whose pauses are short enough for tests. */
export function startFast(options: SandboxMonaiOptions = {}) {
  return startSandboxMonai({ startMs: 0, epochMs: 0, exitMs: 0, watcherMs: 20, watcherLimit: null, ...options });
}

/** Category ids of the scenes as the default model numbers them. */
const INDEX_OF: Readonly<Record<number, number>> = { 0: 0, 1: 2, 2: 3, 4: 1 };

/** A scene's truth as label indices of the default model. */
export function modelLabels(scene: Scene): Mask {
  return { ...scene.truth, values: Uint8Array.from(scene.truth.values, (id) => INDEX_OF[id] ?? 0) };
}

/** Small scenes, uploaded with their final labels under `s0`, `s1`, … */
export async function uploadScenes(url: string, frames: number, seed = 5): Promise<Scene[]> {
  const scenes = [...generateScenes({ seed, frames, width: 96, height: 72 })];
  for (const [index, scene] of scenes.entries()) {
    const image = form('file', scene.name, scene.image);
    await ask(url, 'PUT', `/datastore/image?image=s${index}`, { body: image });
    const label = form('label', 'label.png', writeMask(modelLabels(scene)));
    await ask(url, 'PUT', `/datastore/label?image=s${index}&tag=final`, { body: label });
  }
  return scenes;
}

export async function train(url: string, request: object, target = '/train/segmentation'): Promise<Answer> {
  return ask(url, 'POST', target, { body: JSON.stringify(request), headers: { 'content-type': 'application/json' } });
}

interface Task {
  readonly id: string;
  readonly status: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly details: readonly string[];
  readonly start_ts: string;
  readonly end_ts?: string;
}

/** All tasks as soon as none waits or runs any more. */
export async function settledTasks(url: string): Promise<Task[]> {
  for (;;) {
    const tasks = JSON.parse((await ask(url, 'GET', '/train/?all=true')).text) as Task[];
    if (tasks.every(({ status }) => status !== 'SUBMITTED' && status !== 'RUNNING')) return tasks;
    await setTimeout(10);
  }
}

/** The last task of a queue as soon as it neither waits nor runs. @param path such as `/scoring/` */
export async function settledTask(url: string, path: string): Promise<Task> {
  for (;;) {
    const task = JSON.parse((await ask(url, 'GET', path)).text) as Task;
    if (task.status !== 'SUBMITTED' && task.status !== 'RUNNING') return task;
    await setTimeout(10);
  }
}

/** The JSON of an answer with status 200. */
export async function read(url: string, target: string): Promise<unknown> {
  const answer = await ask(url, 'GET', target);
  if (answer.status !== 200) throw new Error(`${target}: ${answer.status} ${answer.text}`);
  return JSON.parse(answer.text) as unknown;
}

/** A POST with a JSON body. */
export async function post(url: string, target: string, body: object = {}): Promise<Answer> {
  return train(url, body, target);
}
