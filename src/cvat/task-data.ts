import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { multipartBody, partOverhead, type Part } from '../http/multipart.ts';
import type { ImagesOptions, UploadFile } from './upload-file.ts';
import type { Cvat } from './cvat.ts';
import { byName, finishData, IMAGE_QUALITY } from './data-options.ts';

/** CVAT's gateway takes 1 GB a request, but common proxies before it stop at 100 MB; the rest is for the multipart frame. */
const REQUEST_BYTES = 96 * 1000 * 1000;

/**
 * Uploading the images of a task, and reading one back.
 *
 * CVAT appends to a file of the same name that an earlier try has left, which would double its content, and tells nobody
 * what has arrived. So what it has acknowledged is not sent again, and a request whose outcome is not known is not repeated
 * into the same task: delete the task, which holds no frames yet, and make it again. More than one request goes better as an
 * archive, whose upload can be gone on with at any byte.
 */
export function taskDataMethods(http: Http): Pick<Cvat, 'frameOriginal' | 'uploadImages'> {
  return {
    async uploadImages(taskId, files, options = {}) {
      const images = inFrameOrder(taskId, files);
      const path = `/api/tasks/${taskId}/data`;
      const { signal } = options;
      if ((options.from ?? 0) === 0) await http.send({ method: 'POST', path, headers: { 'upload-start': '' }, signal });
      await sendImages(http, path, images, options);
      return finishData(http, taskId, {}, signal);
    },

    async frameOriginal(taskId, frame, signal) {
      const path = `/api/tasks/${taskId}/data?type=frame&number=${frame}&quality=original`;
      // Images are packed already: gzip would only cost time on both sides.
      const answer = await http.send({ method: 'GET', path, headers: { 'accept-encoding': 'identity' }, signal });
      return { bytes: answer.bytes, contentType: answer.headers['content-type'] ?? 'application/octet-stream' };
    },
  };
}

async function sendImages(
  http: Http,
  path: string,
  images: readonly UploadFile[],
  { from = 0, requestBytes = REQUEST_BYTES, signal, onProgress, onRequest }: ImagesOptions,
): Promise<void> {
  const done = { files: from, bytes: sizeOf(images.slice(0, from)) };
  for (const batch of batches(images.slice(from), requestBytes)) {
    const quality = { name: 'image_quality', value: String(IMAGE_QUALITY) };
    const stream = multipartBody([quality, ...batch.map(partOf)]);
    await onRequest?.({ sent: done.files, sending: batch.length });
    try {
      await http.send({ method: 'POST', path, headers: { 'upload-multiple': '' }, stream, signal });
    } catch (error) {
      if (isUnheard(error)) await onRequest?.({ sent: done.files, sending: 0 });
      throw error;
    }
    done.files += batch.length;
    done.bytes += sizeOf(batch);
    await onRequest?.({ sent: done.files, sending: 0 });
    onProgress?.({ ...done });
  }
}

function sizeOf(files: readonly UploadFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** True for a request of which CVAT surely took nothing: nobody listened, or it was told to come back later. */
function isUnheard(error: unknown): boolean {
  if (!isMaskloopError(error)) return false;
  return error.facts['status'] === 429 || error.facts['reason'] === 'ECONNREFUSED' || error.code === 'OnHold';
}

/** Splits files over requests, each under `most` bytes unless a single file is larger. */
function batches(files: readonly UploadFile[], most: number): UploadFile[][] {
  const all: UploadFile[][] = [];
  let room = 0;
  for (const [i, file] of files.entries()) {
    const size = file.bytes + partOverhead(partOf(file, i));
    const last = all.at(-1);
    if (last === undefined || size > room) {
      all.push([file]);
      room = most - size;
    } else {
      last.push(file);
      room -= size;
    }
  }
  return all;
}

function partOf(file: UploadFile, i: number): Part {
  return { name: `client_files[${i}]`, fileName: file.name, bytes: file.bytes, read: () => file.read() };
}

/** Sorts by name and refuses what CVAT would store under another name or into one file. */
function inFrameOrder(taskId: number, files: readonly UploadFile[]): UploadFile[] {
  if (files.length === 0)
    throw new MaskloopError('NoImages', `No image to upload to task ${taskId}`, { facts: { taskId } });
  const sorted = byName(files, ({ name }) => name);
  for (const [i, { name }] of sorted.entries()) {
    // CVAT drops folders, and reads quotes, line ends and HTML entities in a name differently.
    const kept = !/[/\\"\r\n]|&#?\w+;/.test(name);
    const unique = sorted[i - 1]?.name !== name;
    if (kept && unique) continue;
    const problem = kept ? 'comes twice' : 'would get another name in CVAT';
    throw new MaskloopError('TaskCreationFailed', `Task ${taskId}: image ${JSON.stringify(name)} ${problem}`, {
      facts: { taskId, file: name },
    });
  }
  return sorted;
}
