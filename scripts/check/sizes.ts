import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { listSourceFiles } from '../list-files.ts';
import type { Check } from './check.ts';

const MOST_LINES = 250;

/** Lines of each source file. Functions are measured by the linter. */
export const sizes: Check = {
  title: 'file sizes',
  run: async (root) => {
    const files = await listSourceFiles(root);
    const lines = await Promise.all(
      files.map(async (file) => countLines(await readFile(path.join(root, file), 'utf8'))),
    );
    const long = files.flatMap((file, at) => ((lines[at] ?? 0) > MOST_LINES ? [`${file}: ${lines[at]} lines`] : []));
    const median = lines.toSorted((a, b) => a - b)[Math.floor(lines.length / 2)] ?? 0;
    const problems = long.length === 0 ? '' : `over ${MOST_LINES} lines:\n${long.join('\n')}`;
    return { files: files.length, problems, note: `median ${median} lines` };
  },
};

function countLines(content: string): number {
  return content.split('\n').length - (content.endsWith('\n') ? 1 : 0);
}
