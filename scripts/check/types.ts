import path from 'node:path';
import type { Check } from './check.ts';
import { runTool } from './run-tool.ts';

/** Workflow code sees no Node: with its types in the program, `process`, `Buffer` and `fetch` would compile. */
const NODE_TYPES = '/node_modules/@types/node/';

/**
 * Type-checks the program of one tsconfig and counts its files of ours.
 *
 * @param mayKnowNode false if a program that holds Node's types has failed
 */
export function typesOf(config: string, mayKnowNode: boolean): Check {
  return {
    title: `types ${config}`,
    run: async (root) => {
      const { ok, output } = await runTool(root, 'tsc', ['-p', config, '--noEmit', '--listFiles', '--pretty', 'false']);
      const lines = output.split('\n').filter((line) => line.trim() !== '');
      const listed = lines.filter((line) => path.isAbsolute(line));
      const files = listed.filter((line) => line.startsWith(root + path.sep) && !line.includes('node_modules')).length;
      const problems = lines.filter((line) => !path.isAbsolute(line));
      if (!ok && problems.length === 0) problems.push('tsc failed');
      const leaks = listed.filter((line) => line.includes(NODE_TYPES)).length;
      if (leaks > 0 && !mayKnowNode) problems.push(`The program holds ${leaks} files of @types/node.`);
      return { files, problems: problems.join('\n') };
    },
  };
}
