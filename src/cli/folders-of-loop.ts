import { isMaskloopError } from '../contracts/error.ts';
import { loopId } from '../contracts/ids.ts';
import type { LoopSources } from '../loop-file/loop-sources.ts';
import { openLoopFile } from '../loop-file/read-loop-file.ts';
import type { LoopOperations } from '../operations/loops/loop-operations.ts';

/**
 * Sources that may name the folders of the store which the loop of a file reads already: a server that has begun anew knows that only after it was
 * asked about the loop.
 *
 * @param config file of the loop
 */
export function withFoldersOfLoop<S extends Pick<LoopSources, 'describeFolder' | 'readFile'>>(
  sources: S,
  config: string,
  loops: Pick<LoopOperations, 'describe'>,
): S {
  return {
    ...sources,
    describeFolder: async (what: string, given: string) => {
      try {
        return await sources.describeFolder(what, given);
      } catch (error) {
        if (!isMaskloopError(error, 'FileUnknown')) throw error;
        const { content } = await openLoopFile(config, sources);
        // Of a loop that there is not, nothing is told; the second try says what is wrong.
        await loops.describe(loopId(content)).catch(() => undefined);
        return sources.describeFolder(what, given);
      }
    },
  };
}
