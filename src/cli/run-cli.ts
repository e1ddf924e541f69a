import { CommanderError, type Command } from 'commander';
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
  const program = createProgram(context, (ended) => {
    code = ended;
  });
  const print = json ? errorJson : errorText;
  const say = (error: unknown): void => context.stderr.write(print(error, commandIn(words, program)));
  try {
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return endOfParsing(error, say);
    if (context.interrupted.aborted && isAbort(error, context.interrupted)) {
      context.stderr.write('stopped\n');
      return EXIT.failed;
    }
    say(error);
    return exitCodeOf(error);
  }
}

/** Commander has printed help and versions. */
function endOfParsing(error: CommanderError, say: (error: unknown) => void): ExitCode {
  if (error.exitCode === 0) return EXIT.done;
  if (error.code !== 'commander.help') say(error);
  return EXIT.usage;
}

/** The program with the command that was typed, if there is one of that name: what `--help` can be asked of. */
function commandIn(words: readonly string[], program: Command): string {
  const first = words.find((word) => !word.startsWith('-'));
  const known = program.commands.some((command) => command.name() === first);
  return known ? `maskloop ${first}` : 'maskloop';
}

function isAbort(error: unknown, signal: AbortSignal): boolean {
  if (error === signal.reason) return true;
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}
