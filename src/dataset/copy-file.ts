import { constants, copyFile, link } from 'node:fs/promises';
import { errnoOf } from '../storage/errno.ts';

/** Copies a file to where none is, sharing its blocks where the file system can. @throws the system's error */
export async function copyFresh(file: string, target: string): Promise<void> {
  await copyFile(file, target, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
}

/** Makes a hard link, or a copy where that cannot be: files of another file system cannot be linked. @throws the system's error */
export async function linkOrCopy(file: string, target: string): Promise<void> {
  try {
    await link(file, target);
  } catch (error) {
    if (!['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(errnoOf(error) ?? '')) throw error;
    await copyFresh(file, target);
  }
}
