import { MaskloopError } from '../contracts/error.ts';
import type { Position } from './positions.ts';

/** Something that is wrong with a file of a loop. */
export interface LoopFileProblem extends Position {
  /** Keys from the top, with dots between them; empty for the file as a whole. */
  readonly path: string;
  /** Goes on after the path as a sentence does; holds no value, which might be a secret in a wrong place. */
  readonly problem: string;
}

/** Everything that is wrong with a file, in the order of its lines. @param where the file as it was named */
export function invalidLoopFile(where: string, problems: readonly LoopFileProblem[]): MaskloopError {
  const sorted = problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
  const lines = sorted.map(({ line, column, path, problem }) => {
    return `  ${where}:${line}:${column} ${path === '' ? '' : `${path} `}${problem}`;
  });
  const count = lines.length === 1 ? 'one problem' : `${lines.length} problems`;
  return new MaskloopError('InvalidLoopFile', `${where} has ${count}:\n${lines.join('\n')}`, {
    facts: { file: where, problems: sorted.map((found) => ({ ...found })) },
  });
}
