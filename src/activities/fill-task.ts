import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { UploadFile } from '../cvat/upload-file.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { ArtifactStore } from '../storage/store.ts';
import type { Running } from './durable.ts';
import { withImageArchive } from './image-archive.ts';
import { imageFiles } from './image-files.ts';
import { verifyFolder } from './in-place.ts';
import { shareFiles } from './share-files.ts';

interface Servers {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
}

/**
 * Gives a new task its frames, from the folder or the share that the iteration names, and waits until CVAT has made them.
 *
 * @throws MaskloopError `NoImages`, `InputChanged`, `TaskCreationFailed`
 */
export async function fillTask(
  servers: Servers,
  taskId: number,
  input: Pick<IterationInput, 'images' | 'share'>,
  running: Running,
): Promise<void> {
  const { cvat } = servers;
  const requestId = await sendFrames(servers, taskId, input, running);
  const request = await cvat.waitForRequest(requestId, { signal: running.signal });
  if (request.status !== 'failed') return;
  throw new MaskloopError('TaskCreationFailed', `CVAT could not make task ${taskId}: ${request.message}`, {
    facts: { task: taskId, answer: request.message },
  });
}

async function sendFrames(
  { cvat, store }: Servers,
  taskId: number,
  { images, share }: Pick<IterationInput, 'images' | 'share'>,
  running: Running,
): Promise<string> {
  const { signal } = running;
  if (share !== null) {
    return cvat.useShareFiles(taskId, await shareFiles({ cvat, store }, share, signal), signal);
  }
  if (images === null) throw new MaskloopError('NoImages', `Nothing to make the frames of task ${taskId} from.`);
  return uploadFolder(cvat, taskId, images, running);
}

/** Flat folders go as files in requests under 100 MB, others as one archive: of a file alone CVAT drops the folder. */
async function uploadFolder(
  cvat: Cvat,
  taskId: number,
  images: FolderRef,
  { signal, report }: Running,
): Promise<string> {
  const folder = await verifyFolder(images, signal);
  const names = await imageFiles(folder);
  if (names.some((name) => name.includes('/'))) {
    return withImageArchive(folder, names, (archive) =>
      cvat.uploadArchive(taskId, archive, {
        signal,
        onProgress: ({ bytes }) => {
          report({ phase: 'frames', done: Math.floor((names.length * bytes) / archive.length), total: names.length });
        },
      }),
    );
  }
  const files: UploadFile[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const { size } = await stat(path);
    files.push({ name, bytes: size, read: () => readFile(path) });
  }
  return cvat.uploadImages(taskId, files, {
    signal,
    onProgress: (done) => report({ phase: 'frames', done: done.files, total: files.length }),
  });
}
