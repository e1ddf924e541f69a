import { dirname, resolve } from 'node:path';
import type { LoopFileProblem } from './loop-file-problem.ts';
import type { LoopFile } from './schema/loop-file.ts';

/** A file of a loop whose form is right; what it names has not been looked at. */
export interface ParsedLoopFile {
  /** The file as it was named. */
  readonly where: string;
  readonly content: LoopFile;
  /** A problem with the value at a path of keys. */
  problemAt(path: readonly string[], problem: string): LoopFileProblem;
}

const STORE_ADDRESS = 'store:';

/** A path of the file as an absolute one: relative ones are relative to the file. Addresses of the store stay as they are. */
export function resolvePath({ where }: Pick<ParsedLoopFile, 'where'>, given: string): string {
  return given.startsWith(STORE_ADDRESS) ? given : resolve(dirname(where), given);
}
