import { policyRows } from '../../loop-file/policy/policy-words.ts';
import { readLoopFile } from '../../loop-file/read-loop-file.ts';
import { describeCommand, printJson, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatTable } from '../format/table.ts';
import { drySources } from '../loop-sources.ts';

/** The file that is meant where none is named. */
const DEFAULT_FILE = 'maskloop.yaml';

/** Adds `loop check` to the command `loop`. */
export const addLoopCheck: AddCommand = (parent, context, end) => {
  describeCommand(parent, {
    usage: 'check [FILE]',
    summary: `say what ${DEFAULT_FILE} means, or everything that is wrong with it; asks no server and stores nothing`,
    example: `loop check ${DEFAULT_FILE}`,
  }).action(async (file: string | undefined, { json }: { readonly json?: true }) => {
    const policy = await readLoopFile(file ?? DEFAULT_FILE, drySources(context, json === true));
    if (json === true) printJson(context, policy);
    else context.stdout.write(`${formatTable(policyRows(policy))}\n`);
    end(EXIT.done);
  });
};
