import type { LoopInput, LoopPolicy } from '../contracts/loop.ts';
import { storePolicy } from '../loop-file/policy/stored-policy.ts';
import { readLoopFile } from '../loop-file/read-loop-file.ts';
import type { LoopSources } from '../loop-file/loop-sources.ts';
import type { Operations } from '../operations/operations.ts';
import type { CliContext } from './context.ts';
import { withFoldersOfLoop } from './folders-of-loop.ts';
import { localSources } from './loop-sources.ts';

/** The file that is meant where none is named. */
export const DEFAULT_LOOP_FILE = 'maskloop.yaml';

/**
 * What a loop is started with, by its file; the policy and what it names are in the store then.
 *
 * @throws MaskloopError as `readLoopFile`
 */
export async function readLoopInput(
  context: CliContext,
  operations: Pick<Operations, 'projectCategories' | 'loops'>,
  { config, quiet }: { readonly config: string; readonly quiet: boolean },
): Promise<{ readonly loop: LoopInput; readonly policy: LoopPolicy }> {
  const sources: LoopSources = {
    ...withFoldersOfLoop(localSources(context, quiet), config, operations.loops),
    putArtifact: async (content) => context.putArtifact(content),
    projectCategories: async (where) => {
      const { categories, rows } = await operations.projectCategories(where);
      return { categories, names: rows.map(({ name }) => name) };
    },
  };
  const policy = await readLoopFile(config, sources);
  const { name, connection, project } = policy;
  const stored = await storePolicy({ put: async (content) => context.putArtifact(content) }, policy);
  return { loop: { name, connection, project, policy: stored }, policy };
}
