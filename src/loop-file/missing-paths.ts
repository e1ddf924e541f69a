import { stat } from 'node:fs/promises';
import type { LoopFileProblem } from './loop-file-problem.ts';
import { resolvePath, type ParsedLoopFile } from './parsed-loop-file.ts';
import { FROM_CVAT } from './schema/loop-file.ts';
import { FIRST } from './schema/masks.ts';
import { DATASTORE } from './schema/pool.ts';
import { GROUND_TRUTH } from './schema/training.ts';

/** A file or folder that a file of a loop names, and where. */
interface NamedPath {
  readonly path: readonly string[];
  readonly kind: 'file' | 'folder';
  readonly given: string;
}

/** Files and folders that a file of a loop names and that are not there, each with its place. */
export async function missingPaths(parsed: ParsedLoopFile): Promise<readonly LoopFileProblem[]> {
  const found = await Promise.all(
    namedPaths(parsed).map(async ({ path, kind, given }) => {
      const full = resolvePath(parsed, given);
      if (full === given && given.startsWith('store:')) return [];
      const seen = await kindOf(full);
      return seen === kind ? [] : [parsed.problemAt(path, `names a ${kind} that is not there: ${full}`)];
    }),
  );
  return found.flat();
}

/** Files and folders that a file of a loop names, as they are written there. */
export function namedPaths({ content }: ParsedLoopFile): readonly NamedPath[] {
  const { categories, pool, masks, training } = content;
  const { heldOut } = training;
  const isFolder = masks.first !== FIRST.none && masks.first !== FIRST.predict;
  const named: readonly (readonly [string, NamedPath['kind'], string | undefined])[] = [
    ['categories', 'file', categories === FROM_CVAT ? undefined : categories],
    ['pool.images', 'folder', pool.images === DATASTORE ? undefined : pool.images],
    ['masks.first', 'folder', isFolder ? masks.first : undefined],
    ['masks.labelMap', 'file', masks.labelMap],
    ['training.heldOut', 'file', typeof heldOut === 'string' && heldOut !== GROUND_TRUTH ? heldOut : undefined],
    ['training.heldOutImages', 'folder', training.heldOutImages],
    ['training.heldOutMasks', 'folder', training.heldOutMasks],
  ];
  return named.flatMap(([key, kind, given]) => {
    return given === undefined ? [] : [{ path: key.split('.'), kind, given }];
  });
}

async function kindOf(path: string): Promise<NamedPath['kind'] | null> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}
