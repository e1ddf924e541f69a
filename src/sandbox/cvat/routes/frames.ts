import { crc32 } from 'node:zlib';
import { page, json, type Answer } from '../answers/answer.ts';
import { chunksOf } from '../answers/views.ts';
import { Refusal, refuseList } from '../answers/refusal.ts';
import { greyJpeg } from '../media/grey-jpeg.ts';
import { frameBytes } from '../media/video-frames.ts';
import { writeZip } from '../media/zip.ts';
import type { Frame, Job, Task, TaskData } from '../state/entities.ts';
import { jobFrames } from '../state/jobs.ts';
import type { UserCall } from './call.ts';

/**
 * One frame, a pack of frames or a preview. Originals are byte for byte as they were uploaded. Where the quality is
 * `compressed`, and for previews, CVAT encodes the pictures anew; here a grey JPEG of the same size stands for them.
 *
 * @param job whose frames may be asked for; all of the task if left out
 * @throws Refusal 400 for a missing or wrong parameter or a number out of range
 */
export async function readData(call: UserCall, task: Task, job?: Job): Promise<Answer> {
  const kind = call.query.get('type');
  if (kind === 'preview') return preview(task, job);
  if (kind === 'context_image') return page(404);
  if (kind !== 'frame' && kind !== 'chunk') throw refuseList('Data type not specified or has wrong value');
  const index = kind === 'chunk' && job !== undefined ? call.query.get('index') : null;
  const number = call.query.get('number') ?? index;
  if (number === null) throw refuseList('Number is not specified');
  const quality = call.query.get('quality') ?? 'compressed';
  if (quality !== 'original' && quality !== 'compressed') throw refuseList('Wrong quality value');
  if (task.data === null) return page(500);
  const numbers = job === undefined ? task.data.frames.map((_, frame) => frame) : jobFrames(job);
  const isOriginal = quality === 'original';
  if (kind === 'frame') return oneFrame(task.data, numbers, { number, isOriginal });
  return chunk(call, task.data, numbers, { number: Number(number), isOriginal });
}

/** The first frame of a task or job. */
export function preview(task: Task, job?: Job): Answer {
  const first = job === undefined ? 0 : (jobFrames(job)[0] ?? 0);
  const frame = task.data?.frames[first];
  return frame === undefined ? page(404) : { status: 200, ...lossy(frame) };
}

interface Lossy {
  readonly contentType: 'image/jpeg';
  readonly body: Buffer;
}

function lossy({ width, height }: Frame): Lossy {
  return { contentType: 'image/jpeg', body: greyJpeg(width, height) };
}

interface AskedFrame {
  readonly number: string;
  readonly isOriginal: boolean;
}

/** Frames of a video are PNG files in either quality. */
function oneFrame(data: TaskData, numbers: readonly number[], { number, isOriginal }: AskedFrame): Answer {
  const frame = numbers.includes(Number(number)) ? data.frames[Number(number)] : undefined;
  if (frame === undefined) {
    // CVAT prints the upper bound one too high.
    const [first = 0, last = -1] = [numbers[0], numbers.at(-1)];
    const words = `Invalid frame '${number}'. The frame number should be in the [${first}, ${last + 1}] range`;
    throw new Refusal(json(400, words));
  }
  if (!isOriginal && data.video === null) return { status: 200, ...lossy(frame) };
  return { status: 200, contentType: frame.contentType, body: frameBytes(data, Number(number)) };
}

/** As many frames as go into one file: of images an archive, of a video all of it. */
async function chunk(
  call: UserCall,
  data: TaskData,
  numbers: readonly number[],
  { number, isOriginal }: { number: number; isOriginal: boolean },
): Promise<Answer> {
  const { size } = chunksOf(data);
  const last = Math.ceil(numbers.length / size) - 1;
  if (!Number.isInteger(number) || number < 0 || number > last) {
    const words = `Invalid chunk number '${number}'. The chunk number should be in the [0, ${last}] range`;
    throw new Refusal(json(400, words));
  }
  if (data.video !== null) return { status: 200, contentType: 'video/mp4', ...packed(call, data, data.video.bytes) };
  const frames = numbers.slice(number * size, (number + 1) * size).flatMap((frame) => data.frames[frame] ?? []);
  const entries = frames.map((frame, index) => ({
    name: `${String(index).padStart(6, '0')}${isOriginal ? extension(frame) : '.jpeg'}`,
    bytes: isOriginal ? frame.bytes : lossy(frame).body,
  }));
  const body = await writeZip(entries, new Date(call.state.now()));
  return { status: 200, contentType: 'application/zip', ...packed(call, data, body) };
}

function packed({ state }: UserCall, data: TaskData, body: Buffer): Pick<Answer, 'headers' | 'body'> {
  const headers = { 'x-checksum': String(crc32(body)), 'x-updated-date': data.chunksUpdated };
  return { headers: state.version === '2.54.1' ? headers : { ...headers, 'accept-ranges': 'bytes' }, body };
}

function extension(frame: Frame): string {
  return /\.[^./]*$/.exec(frame.name)?.[0] ?? '';
}
