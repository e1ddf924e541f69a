import { readFile } from 'node:fs/promises';
import { Option } from 'commander';
import type { Category } from '../../contracts/categories.ts';
import type { CollectedTask } from '../../contracts/collected-labels.ts';
import { MaskloopError } from '../../contracts/error.ts';
import type { LabelsRef } from '../../contracts/refs.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTable } from '../format/table.ts';

interface Flags {
  readonly out: string;
  readonly via: 'native' | 'export';
  readonly categories?: string;
  readonly connection: string;
  readonly json?: true;
}

export const addCollect: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'collect <TASK_OR_ID>',
    summary: 'write the labels of a task of CVAT, or of an iteration, as one PNG a frame',
    example: 'collect 17 --out labels/ --via export',
  })
    .requiredOption('--out <DIR>', 'folder for the labels')
    .addOption(
      new Option('--via <WAY>', "CVAT's own annotations, exactly; or its exports, as a second opinion")
        .choices(['native', 'export'])
        .default('native'),
    )
    .option('--connection <NAME>', 'connection of a task that is given by its number', 'default')
    .option('--categories <FILE>', "COCO's list of categories (default: the labels of the project, from 1)")
    .action(async (given: string, flags: Flags) => {
      const collected = await collect(context, given, flags);
      if (flags.json === true) printJson(context, collected);
      else say(context, collected, flags.out);
      end(EXIT.done);
    });
};

async function collect(context: CliContext, given: string, flags: Flags): Promise<CollectedTask> {
  const categories =
    flags.categories === undefined
      ? null
      : await context.parseCategories(await readFile(flags.categories, 'utf8'), flags.categories);
  const source = /^\d+$/.test(given)
    ? { id: null, connection: flags.connection, taskId: Number(given), labels: null, categories }
    : await known(context, given);
  return context.collectTask({
    ...source,
    categories: categories ?? source.categories,
    dir: flags.out,
    via: flags.via,
    signal: context.interrupted,
  });
}

interface Source {
  readonly id: string | null;
  readonly connection: string;
  readonly taskId: number;
  readonly labels: LabelsRef | null;
  readonly categories: readonly Category[] | null;
}

/** Of an iteration: its task, and what was sealed where it has come so far. */
async function known(context: CliContext, given: string): Promise<Source> {
  return withOperations(context, async (operations) => {
    const id = await operations.resolve(given, 'any');
    const { status, receipt } = await operations.describe(id);
    const results = receipt?.results ?? status?.results;
    if (results?.task === undefined) {
      throw new MaskloopError('TaskNotFound', `${id} has no task in CVAT yet.`, { facts: { id } });
    }
    const connection = receipt?.input.connection ?? status?.connection ?? 'default';
    return {
      id,
      connection,
      taskId: results.task.taskId,
      labels: results.labels ?? null,
      categories: receipt?.categories ?? null,
    };
  });
}

function say(context: CliContext, { native, exported }: CollectedTask, dir: string): void {
  if (native !== null) {
    const left = Object.entries(native.leftOut ?? {}).map(([kind, count]) => [`left out: ${kind}`, String(count)]);
    const rows = [
      ['frames', `${native.frames}, ${native.labelledFrames} of them with labels`],
      ['shapes', String(native.shapes)],
      ...left,
    ];
    printLine(context, formatTable(rows));
  }
  if (exported !== null) {
    const { frames, labelledFrames, differing, withoutSegmentation } = exported;
    printLine(context, formatTable([['frames', `${frames}, ${labelledFrames} of them with labels`]]));
    for (const { name, pixels } of differing.slice(0, 20)) {
      printLine(context, `COCO and masks differ on ${name}: ${countOf(pixels, 'pixel')}`);
    }
    if (withoutSegmentation > 0) {
      printLine(context, `COCO gives no pixels for ${countOf(withoutSegmentation, 'annotation')}: rectangles`);
    }
  }
  note(context, `written to ${dir}`);
}
