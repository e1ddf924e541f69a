import type { Command } from 'commander';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';

/** Adds one command to the program. `end` is told the exit code when the command is over. */
export type AddCommand = (program: Command, context: CliContext, end: (code: ExitCode) => void) => void;

/** A command with what all commands have: `--json` and an example under its help. */
export function describeCommand(
  program: Command,
  command: { readonly usage: string; readonly summary: string; readonly example: string },
): Command {
  return program
    .command(command.usage)
    .description(command.summary)
    .option('--json', 'print one JSON document instead of text')
    .addHelpText('after', `\nExample:\n  $ maskloop ${command.example}`);
}

/** Prints a value as one JSON document. */
export function printJson(context: CliContext, value: unknown): void {
  context.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLine(context: CliContext, line: string): void {
  context.stdout.write(`${line}\n`);
}

/** Says something to the person at the terminal; scripts read stdout only. */
export function note(context: CliContext, line: string): void {
  context.stderr.write(`${line}\n`);
}

/** Connects, runs, and disconnects whatever happens. */
export async function withOperations<T>(
  context: CliContext,
  run: (operations: Awaited<ReturnType<CliContext['connect']>>['operations']) => Promise<T>,
): Promise<T> {
  const connection = await context.connect();
  try {
    return await run(connection.operations);
  } finally {
    await connection.close();
  }
}
