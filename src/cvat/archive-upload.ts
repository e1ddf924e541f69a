import { isMaskloopError, MaskloopError } from '../contracts/error.ts';
import type { Http } from '../http/http.ts';
import type { Cvat } from './cvat.ts';
import { finishData } from './data-options.ts';
import { createTusUpload, sendByTus, tusOffset } from './tus-upload.ts';
import type { ArchiveOptions, UploadContent } from './upload-file.ts';

/** Under this name the archive is uploaded; frames have the names within it. */
const ARCHIVE_NAME = 'images.zip';

/**
 * Uploading the images of a task in one archive, piece by piece.
 *
 * CVAT forgets an upload with its last byte. One that it does not know may therefore have arrived whole: CVAT is asked to
 * make the frames of it, which fails where it has not, and leaves a task without frames. A second archive is never sent
 * into the same task.
 */
export function archiveMethods(http: Http): Pick<Cvat, 'uploadArchive'> {
  return {
    async uploadArchive(taskId, archive, options = {}) {
      const { resume = null, signal } = options;
      if (resume === null) await sendAnew(http, taskId, archive, options);
      else await goOn(http, resume, archive, options).catch(whenBroken(taskId));
      return finishData(http, taskId, {}, signal);
    },
  };
}

async function sendAnew(http: Http, taskId: number, bytes: UploadContent, options: ArchiveOptions): Promise<void> {
  const path = `/api/tasks/${taskId}/data`;
  const { signal, onCreated } = options;
  await http.send({ method: 'POST', path, headers: { 'upload-start': '' }, signal });
  const target = { path: `${path}/`, fileName: ARCHIVE_NAME };
  const { location } = await createTusUpload(http, target, bytes.length, signal);
  await onCreated?.(location);
  await sendFrom(http, location, { bytes, offset: 0 }, options).catch(whenBroken(taskId));
}

async function goOn(http: Http, location: string, bytes: UploadContent, options: ArchiveOptions): Promise<void> {
  const offset = await tusOffset(http, location, bytes.length, options.signal);
  if (offset !== null) await sendFrom(http, location, { bytes, offset }, options);
}

async function sendFrom(
  http: Http,
  location: string,
  from: { readonly bytes: UploadContent; readonly offset: number },
  options: ArchiveOptions,
): Promise<void> {
  const lost = await sendByTus(http, location, from, options);
  if (lost !== null && !lost.sentWhole) throw lost.error;
}

/** What CVAT no longer knows begins with another task, at a further try. */
function whenBroken(taskId: number): (error: unknown) => never {
  return (error) => {
    if (!isMaskloopError(error, 'CvatRejected') || error.facts['status'] !== 404) throw error;
    throw new MaskloopError('CvatUnreachable', `The upload of the images of task ${taskId} broke off.`, {
      facts: { taskId },
      cause: error,
    });
  };
}
