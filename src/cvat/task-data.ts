import { MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import { multipartBody, partOverhead, type Part } from '../http/multipart.ts';
import type { UploadFile, UploadOptions } from './upload-file.ts';
import type { Cvat } from './cvat.ts';
import { byName, finishData, IMAGE_QUALITY } from './data-options.ts';

/** CVAT's gateway takes 1 GB a request, but common proxies before it stop at 100 MB; the rest is for the multipart frame. */
const REQUEST_BYTES = 96 * 1000 * 1000;

/**
 * Uploading the images of a task, and reading one back.
 *
 * CVAT appends to a file of the same name that an earlier try has left, which would double its content, and tells nobody
 * what has arrived. An upload that broke is therefore not repeated into the same task: delete the task, which holds no
 * frames yet, and make it again. What is too much for that goes as an archive, whose upload can be gone on with.
 */
export function taskDataMethods(http: Http): Pick<Cvat, 'frameOriginal' | 'uploadImages'> {
  return {
    async uploadImages(taskId, files, options = {}) {
      const images = inFrameOrder(taskId, files);
      const path = `/api/tasks/${taskId}/data`;
      const { signal } = options;
      await http.send({ method: 'POST', path, headers: { 'upload-start': '' }, signal });
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
  options: UploadOptions,
): Promise<void> {
  const done = { files: 0, bytes: 0 };
  for (const batch of batches(images)) {
    const quality = { name: 'image_quality', value: String(IMAGE_QUALITY) };
    const stream = multipartBody([quality, ...batch.map(partOf)]);
    await http.send({ method: 'POST', path, headers: { 'upload-multiple': '' }, stream, signal: options.signal });
    done.files += batch.length;
    done.bytes += batch.reduce((sum, { bytes }) => sum + bytes, 0);
    options.onProgress?.({ ...done });
  }
}

/** Splits files over requests, each under {@link REQUEST_BYTES} unless a single file is larger. */
function batches(files: readonly UploadFile[]): UploadFile[][] {
  const all: UploadFile[][] = [];
  let room = 0;
  for (const [i, file] of files.entries()) {
    const size = file.bytes + partOverhead(partOf(file, i));
    const last = all.at(-1);
    if (last === undefined || size > room) {
      all.push([file]);
      room = REQUEST_BYTES - size;
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
