import { MaskloopError } from '../contracts/error.ts';
import { iterationId, loopId } from '../contracts/ids.ts';
import type { LoopPolicy } from '../contracts/loop.ts';
import { invalidLoopFile } from './loop-file-problem.ts';
import { loopPolicy } from './loop-policy.ts';
import type { LoopSources } from './loop-sources.ts';
import { missingPaths } from './missing-paths.ts';
import { parseLoopFile } from './parse-loop-file.ts';
import type { ParsedLoopFile } from './parsed-loop-file.ts';
import { NUMBER_PLACE } from './schema/loop-file.ts';
import { readLoopRefs } from './read-loop-refs.ts';

/**
 * Reads the form of a file of a loop, and whether the files and folders that it names are there.
 *
 * @param path relative paths in the file are relative to its folder
 * @throws MaskloopError `UnreadableFile`; `InvalidLoopFile` with all problems at once; `InvalidName` for names that are too long
 */
export async function openLoopFile(path: string, sources: Pick<LoopSources, 'readFile'>): Promise<ParsedLoopFile> {
  const bytes = await sources.readFile('file of the loop', path);
  const parsed = parseLoopFile(textOf(bytes, path), path);
  requireIds(parsed);
  const missing = await missingPaths(parsed);
  if (missing.length > 0) throw invalidLoopFile(path, missing);
  return parsed;
}

/**
 * Reads a file of a loop and all that it names; lists, folders to be used as they are now, and addresses of people are
 * put into the store. The policy itself is stored by `storePolicy`.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidLoopFile`, `InvalidCategories`, `InvalidLabelMap`, `InvalidValueMap`, and
 *   what the sources throw
 */
export async function readLoopFile(path: string, sources: LoopSources): Promise<LoopPolicy> {
  const parsed = await openLoopFile(path, sources);
  return loopPolicy(parsed.content, await readLoopRefs(parsed, sources));
}

/** Names of loop and tasks have to be parts of ids. @throws MaskloopError `InvalidName` */
function requireIds({ content: { connection, project, name, taskName } }: ParsedLoopFile): void {
  loopId({ connection, project, name });
  iterationId({ connection, project, task: taskName.replace(NUMBER_PLACE, () => LARGEST_NUMBER) });
}

/** No loop comes so far. */
const LARGEST_NUMBER = '99999999';

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new MaskloopError('UnreadableFile', `The file of the loop ${path} is not UTF-8.`, {
      facts: { file: path, reason: 'not UTF-8' },
    });
  }
}
