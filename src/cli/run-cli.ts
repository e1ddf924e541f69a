import { CommanderError } from 'commander';
import { createProgram } from './program.ts';
import type { CliContext } from './context.ts';
import { EXIT, exitCodeOf, type ExitCode } from './exit-codes.ts';
import { errorJson, errorText } from './format/error.ts';

/**
 * Runs the command that the arguments name, to its end. Results go to stdout, everything else to stderr.
 *
 * @param words the arguments after the program's name
 * @returns the exit code; nothing is thrown
 */
export async function runCli(words: readonly string[], context: CliContext): Promise<ExitCode> {
  const json = words.includes('--json');
  let code: ExitCode = EXIT.done;
  const program = createProgram(context, json, (ended) => {
    code = ended;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, context, json);
    if (context.interrupted.aborted && isAbort(error, context.interrupted)) {
      context.stderr.write('stopped\n');
      return EXIT.failed;
    }
    context.stderr.write(json ? errorJson(error) : errorText(error));
    return exitCodeOf(error);
  }
}

/** Commander has printed help and versions, and as text also what was wrong with the arguments. */
function endOfParsing(error: CommanderError, context: CliContext, json: boolean): ExitCode {
  if (error.exitCode === 0) return EXIT.done;
  if (json && error.code !== 'commander.help') context.stderr.write(errorJson(error));
  return EXIT.usage;
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  if (error === signal.reason) return true;
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}
