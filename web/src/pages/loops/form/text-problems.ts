import { z } from 'zod';
import { isMaskloopError } from '../../../../../src/contracts/error.ts';
import { parseLoopFile } from '../../../../../src/loop-file/parse-loop-file.ts';

/** What `InvalidLoopFile` tells of. */
export const loopFileFacts = z.object({
  problems: z.array(z.object({ line: z.number(), column: z.number(), path: z.string(), problem: z.string() })),
});

/** Something that is wrong with a text: where, and what. */
export type TextProblem = z.output<typeof loopFileFacts>['problems'][number];

/** What is wrong with the form of a text, by the schema that the server reads it with; what it names is not looked at. */
export function textProblems(text: string): readonly TextProblem[] {
  try {
    parseLoopFile(text, 'maskloop.yaml');
    return [];
  } catch (error) {
    if (!isMaskloopError(error, 'InvalidLoopFile')) throw error;
    return loopFileFacts.parse(error.facts).problems;
  }
}

/** The first problem of a value or of what is in it. @param path keys with dots */
export function problemAt(problems: readonly TextProblem[], path: string): string | null {
  const found = problems.find((one) => one.path === path) ?? problems.find((one) => one.path.startsWith(`${path}.`));
  if (found === undefined) return null;
  const inner = found.path.slice(path.length + 1);
  return inner === '' ? found.problem : `${inner} ${found.problem}`;
}
