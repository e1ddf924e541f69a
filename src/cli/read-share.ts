import { readFile } from 'node:fs/promises';
import { MaskloopError } from '../contracts/error.ts';
import type { ShareRef } from '../contracts/refs.ts';
import type { CliContext } from './context.ts';

/**
 * What `--share-files` names: a folder of CVAT's share, or with `@` in front a file here that lists paths in it.
 *
 * @throws MaskloopError `UnreadableFile`
 */
export async function readShare(context: CliContext, given: string): Promise<ShareRef> {
  if (!given.startsWith('@')) return { folder: given };
  const file = given.slice(1);
  const bytes = await readFile(file).catch((error: unknown) => {
    throw new MaskloopError('UnreadableFile', `The list of files ${file} cannot be read.`, {
      facts: { file },
      cause: error,
    });
  });
  return { list: await context.putArtifact(bytes) };
}
