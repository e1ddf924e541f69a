import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { MaskloopError } from '../../contracts/error.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { shellWord } from '../format/shell.ts';
import { draftLoopFile, type Draft } from '../init/draft.ts';
import { findInputs, type Inputs } from '../init/find-inputs.ts';

const FILE = 'maskloop.yaml';

interface Flags {
  readonly dir: string;
  readonly masks?: string;
  readonly images?: string;
  readonly connection: string;
  readonly project?: string;
  readonly model?: string;
  readonly json?: true;
}

export const addInit: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'init',
    summary: `write a commented ${FILE}, by looking at CVAT, MONAI Label, masks and images; no worker is needed`,
    example: 'init --project SurgVU --masks masks/ --images frames/',
  })
    .option('--dir <DIR>', 'folder for the file', '.')
    .option('--masks <DIR>', 'folder with PNG masks (default: masks in the folder, if it is there)')
    .option('--images <DIR>', 'folder with the frames (default: images or frames in the folder)')
    .option('--connection <NAME>', 'CVAT and MONAI Label to look at', 'default')
    .option('--project <P>', 'project in CVAT (default: the only one)')
    .option('--model <M>', 'model to train (default: the only one, or that with the labels of the project)')
    .action(async (flags: Flags) => {
      const file = path.join(flags.dir, FILE);
      const draft = await draftOf(context, flags);
      await writeNew(file, draft.text);
      if (flags.json === true) printJson(context, { file, todos: draft.todos });
      else tell(context, file, draft);
      end(EXIT.done);
    });
};

async function draftOf(context: CliContext, flags: Flags): Promise<Draft> {
  const { connection, project = null, model = null } = flags;
  const [servers, inputs] = await Promise.all([
    context.surveyServers({ connection, project }),
    findInputs(context, flags.dir, { masks: flags.masks, images: flags.images }),
  ]);
  const relative = (to: string): string => path.relative(flags.dir, to).split(path.sep).join('/') || '.';
  const schema = relative(context.schemaFile);
  return draftLoopFile({ schema, connection, project, model, servers, inputs: relativeInputs(inputs, relative) });
}

function relativeInputs({ masks, images, categories, labelMap }: Inputs, relative: (to: string) => string): Inputs {
  return {
    masks: masks === null ? null : { ...masks, dir: relative(masks.dir) },
    images: images === null ? null : { ...images, dir: relative(images.dir) },
    categories: categories === null ? null : { ...categories, file: relative(categories.file) },
    labelMap: labelMap === null ? null : relative(labelMap),
  };
}

/** @throws MaskloopError `LoopFileExists`, `OutputNotWritable` */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
    if (code === 'EEXIST')
      throw new MaskloopError('LoopFileExists', `${file} is there already and is not replaced.`, { facts: { file } });
    throw new MaskloopError('OutputNotWritable', `${file} cannot be written (${code}).`, {
      facts: { file, reason: code },
    });
  }
}

function tell(context: CliContext, file: string, { todos }: Draft): void {
  printLine(context, file);
  for (const { key, reason } of todos) note(context, `TODO ${key}: ${reason}`);
  const next = todos.length === 0 ? 'what it means' : 'when that is filled in';
  note(context, `${next}: maskloop loop check ${shellWord(file)}`);
  note(context, `the loop by it: maskloop loop plan ${shellWord(file)}, then maskloop loop start ${shellWord(file)}`);
  note(context, `a single iteration by it: maskloop plan --config ${shellWord(file)} --task Iteration_1`);
}
