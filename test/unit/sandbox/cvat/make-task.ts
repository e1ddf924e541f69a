import { listAt, numberAt, textAt } from './json-at.ts';
import { idOf, waitFor, type Person } from './talk.ts';

/** As much of a PNG file as the stand-in reads. */
export function pngHeader(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(33);
  Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]).copy(bytes);
  bytes.write('IHDR', 12, 'latin1');
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}

export const WIDTH = 96;
export const HEIGHT = 64;

export function imageForm(names: readonly string[]): FormData {
  const form = new FormData();
  for (const [index, name] of names.entries()) {
    form.set(`client_files[${index}]`, new Blob([pngHeader(WIDTH, HEIGHT)]), name);
  }
  form.set('image_quality', '70');
  return form;
}

export interface MadeTask {
  readonly project: number;
  readonly task: number;
  /** Label ids by name. */
  readonly labels: ReadonlyMap<string, number>;
  /** Oldest first. */
  readonly jobs: readonly number[];
}

export interface TaskWish {
  readonly frames: readonly string[];
  readonly labels?: readonly (string | object)[];
  readonly segmentSize?: number;
  readonly overlap?: number;
}

/** A project with labels, and a task in it with empty frames of 96×64 pixels. */
export async function makeTask(person: Person, wish: TaskWish): Promise<MadeTask> {
  const labels = (wish.labels ?? ['GrabberA', 'Scissor']).map((one) => (typeof one === 'string' ? { name: one } : one));
  const project = idOf(await person.call('POST', '/api/projects', { json: { name: 'SurgVU', labels } }));
  const json = { name: 'Iteration_1', project_id: project, segment_size: wish.segmentSize, overlap: wish.overlap };
  const task = idOf(await person.call('POST', '/api/tasks', { json }));
  const sent = await person.call('POST', `/api/tasks/${task}/data`, { body: imageForm(wish.frames) });
  await waitFor(person, textAt(sent.json, 'rq_id'));
  const made = await person.call('GET', `/api/labels?project_id=${project}&page_size=all`);
  const jobs = await person.call('GET', `/api/jobs?task_id=${task}&page_size=all&sort=id`);
  return {
    project,
    task,
    labels: new Map(
      listAt(made.json, 'results').map((label) => [textAt(label, 'name'), numberAt(label, 'id')] as const),
    ),
    jobs: listAt(jobs.json, 'results').map((job) => numberAt(job, 'id')),
  };
}
