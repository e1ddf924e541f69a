import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';

/** Names of images, runs and models become names of files. */
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._~-]{0,199}$/;

/** A part of a path. @throws MaskloopError `InvalidName` */
export function fileName(name: string): string {
  if (NAME.test(name)) return name;
  throw new MaskloopError('InvalidName', `"${name}" cannot be the name of a file of the trainer.`, { facts: { name } });
}

/** The system's code of an error, such as `ENOENT`; null for others. */
export function codeOf(error: unknown): string | null {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : null;
}

/**
 * Does something with the trainer's folder.
 *
 * @throws MaskloopError `TrainerUnusable` for whatever the file system refuses; errors of ours pass
 */
export async function inFolder<R>(path: string, work: () => Promise<R>): Promise<R> {
  try {
    return await work();
  } catch (error) {
    const code = codeOf(error);
    if (code === null || !/^E[A-Z]+$/.test(code)) throw error;
    const message = `${path} of the trainer cannot be used: ${code}.`;
    throw new MaskloopError('TrainerUnusable', message, { facts: { path, code }, cause: error });
  }
}

/** The content of a file; null if there is none. @throws MaskloopError `TrainerUnusable` */
export async function readOrNull(path: string): Promise<Buffer | null> {
  return inFolder(path, async () => {
    try {
      return await readFile(path);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  });
}

/** Writes a file, whole or not at all. @throws MaskloopError `TrainerUnusable` */
export async function writeWhole(path: string, bytes: Uint8Array | string): Promise<void> {
  const staged = join(dirname(path), `.${randomUUID()}.new`);
  await inFolder(path, async () => {
    await mkdir(dirname(path), { recursive: true });
    try {
      await writeFile(staged, bytes, { flush: true });
      await rename(staged, path);
    } finally {
      await rm(staged, { force: true });
    }
  });
}

/** Removes a file; one that is not there is no error. @throws MaskloopError `TrainerUnusable` */
export async function removeFile(path: string): Promise<void> {
  await inFolder(path, async () => rm(path, { force: true }));
}
