import { readFileSync } from 'node:fs';
import type { ProblemSink } from './problems.ts';
import { errorCode } from './secret.ts';

/** The text of the file that a setting names; null with a noted problem if it cannot be read. */
export function readNamedText(file: string, setting: string, problems: ProblemSink): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    problems.add(setting, `names a file that cannot be read: ${file} (${errorCode(error)})`);
    return null;
  }
}
