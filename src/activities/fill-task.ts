import { MaskloopError } from '../contracts/error.ts';
import type { IterationInput } from '../contracts/iteration.ts';
import type { FolderRef } from '../contracts/refs.ts';
import type { UploadFile } from '../cvat/upload-file.ts';
import type { Cvat } from '../cvat/cvat.ts';
import type { FolderContents } from '../storage/folder-contents.ts';
import type { ArtifactStore } from '../storage/store.ts';
import { verifyContents } from '../storage/verify-contents.ts';
import type { Running } from './durable.ts';
import { withImageArchive } from './image-archive.ts';
import { imageFiles } from './image-files.ts';
import { begunUpload, filesSent, noteFiles, noteUpload } from './image-upload.ts';
import { shareFiles } from './share-files.ts';
import { noteTaskImages } from './task-images.ts';
import { uploadWay } from './upload-way.ts';

interface Filling {
  readonly cvat: Cvat;
  readonly store: ArtifactStore;
  readonly taskId: number;
}

type Frames = Pick<IterationInput, 'connection' | 'images' | 'share'>;

/**
 * Gives a task without frames its frames, from the images or the share that the iteration names, and waits until CVAT has
 * made them. What an earlier try has begun to upload is gone on with.
 *
 * @throws MaskloopError `NoImages`, `InputChanged`, `TaskCreationFailed`
 */
export async function fillTask(filling: Filling, input: Frames, running: Running): Promise<void> {
  const { cvat, taskId } = filling;
  const requestId = await sendFrames(filling, input, running);
  const request = await cvat.waitForRequest(requestId, { signal: running.signal });
  if (request.status !== 'failed') return;
  throw new MaskloopError('TaskCreationFailed', `CVAT could not make task ${taskId}: ${request.message}`, {
    facts: { task: taskId, answer: request.message },
  });
}

async function sendFrames(filling: Filling, input: Frames, running: Running): Promise<string> {
  const { cvat, taskId } = filling;
  const { images, share, connection } = input;
  const { signal } = running;
  if (share !== null) return cvat.useShareFiles(taskId, await shareFiles(filling, share, signal), signal);
  if (images === null) throw new MaskloopError('NoImages', `Nothing to make the frames of task ${taskId} from.`);
  return uploadFolder(filling, { images, connection }, running);
}

/** What the images of an iteration are called, and where they go. */
interface Source {
  readonly images: FolderRef;
  readonly connection: string;
}

async function uploadFolder(filling: Filling, source: Source, running: Running): Promise<string> {
  const { cvat, store, taskId } = filling;
  const { signal, report } = running;
  const folder = await verifyContents(store, source.images, { signal });
  const files: UploadFile[] = [];
  for (const name of imageFiles(folder)) {
    files.push({ name, bytes: await folder.sizeOf(name), read: async () => folder.read(name) });
  }
  const where = { connection: source.connection, taskId };
  await noteTaskImages(filling, where, source.images, { folder, files: files.map(({ name }) => name) });
  if (uploadWay(files) === 'archive') return uploadArchive(filling, { ...source, folder, files }, running);
  return cvat.uploadImages(taskId, files, {
    signal,
    from: (await filesSent(filling, where, source.images))?.sent ?? 0,
    onRequest: async (done) => noteFiles(filling, where, source.images, done),
    onProgress: (done) => report({ phase: 'frames', done: done.files, total: files.length }),
  });
}

async function uploadArchive(
  { cvat, store, taskId }: Filling,
  {
    images,
    connection,
    folder,
    files,
  }: Source & { readonly folder: FolderContents; readonly files: readonly UploadFile[] },
  { signal, report }: Running,
): Promise<string> {
  const where = { connection, taskId };
  const names = files.map(({ name }) => name);
  return withImageArchive(folder, names, async (archive) => {
    const begun = await begunUpload({ cvat, store }, where, images);
    return cvat.uploadArchive(taskId, archive, {
      signal,
      resume: begun?.bytes === archive.length ? begun.location : null,
      onCreated: (location) =>
        noteUpload({ cvat, store }, where, { images: images.sha256, bytes: archive.length, location }),
      onProgress: ({ bytes }) => {
        report({ phase: 'frames', done: Math.floor((names.length * bytes) / archive.length), total: names.length });
      },
    });
  });
}
