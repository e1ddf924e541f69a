import { createHash } from 'node:crypto';
import { pathToFileURL } from 'node:url';
import type { LoopSources } from '../loop-file/loop-sources.ts';
import type { Operations } from '../operations/operations.ts';
import type { CliContext } from './context.ts';
import { reportProgress } from './progress.ts';
import { readInputFile } from './read-input-file.ts';

/**
 * Reads what a file of a loop names, and stores what has to be.
 *
 * @param quiet shows no progress
 */
export function loopSources(
  context: CliContext,
  operations: Pick<Operations, 'projectCategories'>,
  quiet: boolean,
): LoopSources {
  return {
    ...localSources(context, quiet),
    putArtifact: (content) => context.putArtifact(content),
    projectCategories: async (where) => {
      const { categories, rows, classes } = await operations.projectCategories(where);
      // Of the labels beyond the fiftieth only the numbers are told.
      return { categories, names: Array.from({ length: classes }, (_, at) => rows[at]?.name ?? String(at + 1)) };
    },
  };
}

/**
 * The same without a store and without a worker: nothing is written, and the labels of a project are not looked at. What would
 * be stored has the address of the file that it is from.
 */
export function drySources(context: CliContext, quiet: boolean): LoopSources {
  const local = localSources(context, quiet);
  const addresses = new Map<string, string>();
  return {
    ...local,
    readFile: async (what, file) => {
      const content = await local.readFile(what, file);
      addresses.set(digest(content), pathToFileURL(file).href);
      return content;
    },
    putArtifact: async (content) => {
      const sha256 = digest(content);
      return { uri: addresses.get(sha256) ?? 'not stored', sha256, bytes: content.byteLength };
    },
    projectCategories: async ({ project }) => {
      const uri = `labels of project "${project}" in CVAT, numbered from 1`;
      return { categories: { uri, sha256: '', bytes: 0 }, names: null };
    },
  };
}

function digest(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** What is read on this machine. */
export function localSources(context: CliContext, quiet: boolean): Pick<LoopSources, 'describeFolder' | 'readFile'> {
  return {
    readFile: readInputFile,
    describeFolder: async (what, given) => {
      const progress = reportProgress(context, `reading ${what}`, quiet);
      try {
        return await context.describeFolder(given, { signal: context.interrupted, onProgress: progress.update });
      } finally {
        progress.end();
      }
    },
  };
}
