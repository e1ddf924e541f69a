import type { Category } from '../contracts/categories.ts';
import type { ArtifactRef } from '../contracts/refs.ts';
import type { Operations } from '../operations/operations.ts';
import { note } from './command.ts';
import type { CliContext } from './context.ts';
import { formatTable } from './format/table.ts';
import { readCategories } from './read-categories.ts';
import type { StartFlags } from './start-flags.ts';

/** Stands for the labels of the CVAT project; a file of this name is `./cvat`. */
const FROM_CVAT = 'cvat';

/** The classes of the masks. */
export interface Classes {
  /** Of the labels of a project beyond the fiftieth, only the numbers are known here. */
  readonly categories: readonly Category[];
  /** Brings COCO's list of them into the store. */
  put(): Promise<ArtifactRef>;
}

/**
 * The categories that `start` was given, checked at once and stored when `put` is called. Those of a CVAT project are shown with their values, since nothing says that somebody's masks were numbered like its labels.
 *
 * @throws MaskloopError `UnreadableFile`, `InvalidCategories`, `ProjectNotFound`, `WorkerSilent`
 */
export async function readClasses(
  context: CliContext,
  operations: Operations,
  { categories: given, connection, project, json }: Pick<StartFlags, 'categories' | 'connection' | 'project' | 'json'>,
): Promise<Classes> {
  if (given !== FROM_CVAT) {
    const { bytes, categories } = await readCategories(context, given);
    return { categories, put: () => context.putArtifact(bytes) };
  }
  const { categories, rows, classes } = await operations.projectCategories({ connection, project });
  if (json !== true) {
    const cells = rows.map(({ value, name }) => [String(value), name]);
    note(context, `values of the masks, as CVAT numbers the labels of "${project}":`);
    note(context, formatTable([['value', 'class'], ...cells]));
    if (classes > rows.length) note(context, `and ${classes - rows.length} more`);
  }
  const numbered = Array.from({ length: classes }, (_, at) => ({ id: at + 1, name: rows[at]?.name ?? String(at + 1) }));
  return { categories: numbered, put: async () => categories };
}
