import type { Command } from 'commander';
import { parseLoopFile } from '../loop-file/parse-loop-file.ts';
import { UsageError } from './exit-codes.ts';
import { flagsOfFile } from './file-flags.ts';
import { readInputFile } from './read-input-file.ts';
import type { StartFlags } from './start-flags.ts';

/** Flags that are needed, from the file or typed, as the parser names them. */
const REQUIRED: readonly (readonly [keyof StartFlags, string])[] = [
  ['project', '--project <P>'],
  ['task', '--task <T>'],
  ['categories', '--categories <FILE>'],
];

/** Adds `--config`. */
export function addConfigFlag(command: Command): void {
  command.option('--config <FILE>', 'take from this maskloop.yaml what no flag says');
}

/**
 * The flags of a command that was parsed, with those of the file that `--config` names where none was typed.
 *
 * @throws UsageError where a flag is missing; MaskloopError `UnreadableFile`, `InvalidLoopFile`
 */
export async function flagsWithConfig(command: Command): Promise<StartFlags> {
  const { config } = command.opts<{ readonly config?: string }>();
  if (config !== undefined) {
    const file = parseLoopFile((await readInputFile('file of the loop', config)).toString('utf8'), config);
    const typed = Object.keys(command.opts()).filter((name) => command.getOptionValueSource(name) === 'cli');
    for (const [name, value] of Object.entries(flagsOfFile(file, new Set(typed)))) {
      if (value !== undefined && !typed.includes(name)) command.setOptionValueWithSource(name, value, 'config');
    }
  }
  const flags = command.opts<StartFlags>();
  for (const [name, flag] of REQUIRED) {
    if (flags[name] === undefined) throw new UsageError(`required option '${flag}' not specified`);
  }
  return flags;
}
