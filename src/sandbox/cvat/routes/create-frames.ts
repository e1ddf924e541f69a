import { BackgroundFailure } from '../background.ts';
import { imageHeader } from '../image-size.ts';
import { videoFrames } from '../media/video-frames.ts';
import { videoHeader, type VideoHeader } from '../media/video-file.ts';
import { isZip, readZip } from '../media/zip.ts';
import type { CvatState } from '../state/cvat-state.ts';
import type { Frame, Task } from '../state/entities.ts';
import { fillTask } from '../state/tasks.ts';
import { addGroundTruthJob, drawFrames, fillWithHoneypots } from '../state/validation.ts';
import type { Fields } from './body.ts';
import { videoChoice, wantedValidation, type WantedValidation } from './creation-options.ts';

const MEDIA = /\.(?:png|jpe?g|bmp|webp|tiff?|gif|mp4|avi|mov|mkv|webm|zip|[a-z]?\d*)$|^[^.]*$/i;
const DEFAULT_QUALITY = 70;

/**
 * Makes the frames and jobs of a task: from its uploaded images (those in archives keep their folders), in the order
 * that `sorting_method` names, or from a single video.
 *
 * @throws BackgroundFailure without files, or for a file that is no image, which leaves the task without data
 */
export async function createFrames(state: CvatState, task: Task, options: Fields): Promise<void> {
  takeFromShare(state, task, options);
  const files = await unpacked(task);
  const [first] = files;
  if (first === undefined) throw new BackgroundFailure('ValueError', 'No media data found');
  const quality = Number(options['image_quality'] ?? DEFAULT_QUALITY);
  const imageQuality = Number.isInteger(quality) ? quality : DEFAULT_QUALITY;
  const header = files.size === 1 ? videoHeader(first[1]) : undefined;
  if (header !== undefined) {
    fillFromVideo(state, task, { name: first[0], bytes: first[1], header, imageQuality, options });
    return;
  }
  const names = sorted([...files.keys()], options['sorting_method']);
  const frames = names.map((name) => frame(task, name, files.get(name) ?? Buffer.alloc(0)));
  const validation = wantedValidation(options);
  if (validation?.mode === 'gt_pool') {
    const pool = { names: validationNames(state, names, validation), perJob: validation.perJob };
    fillWithHoneypots(state, task, frames, imageQuality, pool);
    return;
  }
  fillTask(state, task, { frames, video: null, imageQuality });
  if (validation === undefined) return;
  const chosen = validationNames(state, names, validation);
  addGroundTruthJob(
    state,
    task,
    names.flatMap((name, number) => (chosen.has(name) ? [number] : [])),
  );
}

/** Files that the options name in the shared folder become the task's, under their paths there. */
function takeFromShare(state: CvatState, task: Task, options: Fields): void {
  const named = options['server_files'];
  if (!Array.isArray(named)) return;
  for (const path of named.map(String)) {
    const bytes = state.share.get(path);
    if (bytes === undefined) throw new BackgroundFailure('FileNotFoundError', `No such file or directory: '${path}'`);
    task.files.set(path, bytes);
  }
}

interface UploadedVideo {
  readonly name: string;
  readonly bytes: Buffer;
  readonly header: VideoHeader;
  readonly imageQuality: number;
  readonly options: Fields;
}

function fillFromVideo(state: CvatState, task: Task, video: UploadedVideo): void {
  const choice = videoChoice(video.options);
  const frames = videoFrames(video.header, choice);
  if (frames.length === 0) throw new BackgroundFailure('ValueError', 'No media data found');
  const source = { name: video.name, bytes: video.bytes, start: choice.start, step: choice.step };
  fillTask(state, task, { frames, video: source, imageQuality: video.imageQuality });
}

/** The uploaded files, and in place of an archive what is in it. */
async function unpacked(task: Task): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const [name, bytes] of task.files) {
    if (!name.endsWith('.zip') || !isZip(bytes)) {
      // What is no media by its name is passed over, whatever it holds.
      if (MEDIA.test(name)) files.set(name, bytes);
    } else for (const entry of await readZip(bytes)) files.set(entry.name, entry.bytes);
  }
  return files;
}

function validationNames(state: CvatState, names: readonly string[], wanted: WantedValidation): ReadonlySet<string> {
  if (wanted.frames !== undefined) {
    const unknown = wanted.frames.find((name) => !names.includes(name));
    if (unknown !== undefined) {
      throw new BackgroundFailure('rest_framework.exceptions.ValidationError', `Unknown frame '${unknown}'`);
    }
    return new Set(wanted.frames);
  }
  const count = wanted.count ?? Math.ceil((wanted.share ?? 0) * names.length);
  const drawn = drawFrames(state, { from: names.length, count, seed: wanted.seed });
  return new Set(drawn.map((number) => names[number] ?? ''));
}

function frame(task: Task, name: string, bytes: Buffer): Frame {
  const header = imageHeader(bytes);
  if (header === undefined) {
    const path = `/home/django/data/data/${task.dataId ?? task.id}/raw/${name}`;
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
