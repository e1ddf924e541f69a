import { BackgroundFailure } from '../background.ts';
import { imageHeader } from '../image-size.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Frame, Task } from '../state/entities.ts';
import { fillTask } from '../state/tasks.ts';
import type { Fields } from './body.ts';

const DEFAULT_QUALITY = 70;

/**
 * Makes the frames and jobs of a task from its uploaded PNG and JPEG files, in the order that `sorting_method` names.
 *
 * @throws BackgroundFailure without files, or for a file that is no image, which leaves the task without data
 */
export function createFrames(state: CvatState, task: Task, options: Fields): void {
  if (task.files.size === 0) throw new BackgroundFailure('ValueError', 'No media data found');
  const names = sorted([...task.files.keys()], options['sorting_method']);
  const frames = names.map((name) => frame(task, name));
  const quality = Number(options['image_quality'] ?? DEFAULT_QUALITY);
  fillTask(state, task, frames, Number.isInteger(quality) ? quality : DEFAULT_QUALITY);
}

function frame(task: Task, name: string): Frame {
  const bytes = task.files.get(name) ?? Buffer.alloc(0);
  const header = imageHeader(bytes);
  if (header === undefined) {
    const path = `/home/django/data/data/${task.id}/raw/${name}`;
    throw new BackgroundFailure('PIL.UnidentifiedImageError', `cannot identify image file '${path}'`);
  }
  return { name, bytes, ...header };
}

function sorted(names: string[], method: unknown): string[] {
  if (method === 'predefined') return names;
  if (method === 'natural') {
    return names.toSorted(new Intl.Collator('en', { numeric: true }).compare);
  }
  return names.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}
