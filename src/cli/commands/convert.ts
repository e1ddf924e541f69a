import { wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext, ConversionResult } from '../context.ts';
import { addConversionFlags, conversionRules, type ConversionFlags } from '../conversion-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { skippedName } from '../format/skipped.ts';
import { reportProgress } from '../progress.ts';
import { readCategories } from '../read-categories.ts';

const MAX_WORKERS = 256;

interface Flags extends ConversionFlags {
  readonly task: string;
  readonly categories: string;
  readonly suffix: string;
  readonly out: string;
  readonly workers?: number;
  readonly compact?: true;
  readonly gzip?: true;
  readonly json?: true;
}

export const addConvert: AddCommand = (program, context, end) => {
  const command = describeCommand(program, {
    usage: 'convert <MASK_DIR>',
    summary: 'convert PNG masks to a COCO document',
    example: 'convert masks/ --task Iteration_1 --categories categories.json --out coco/',
  })
    .requiredOption('--task <NAME>', 'task, which names the document')
    .requiredOption('--categories <FILE>', "COCO's list of categories: the values that the masks hold")
    .option('--suffix <S>', 'what follows the task in the file name', '')
    .option('--out <DIR>', 'folder for the document', '.');
  addConversionFlags(command)
    .option('--workers <N>', 'threads (default: one for each core)', wholeNumber(1, MAX_WORKERS))
    .option('--compact', "a line for each annotation instead of the notebook's layout")
    .option('--gzip', 'pack the document: its name ends in .json.gz')
    .action(async (maskDir: string, flags: Flags) => {
      const result = await convert(context, maskDir, flags);
      if (flags.json === true) printJson(context, result);
      else printResult(context, result);
      end(EXIT.done);
    });
};

async function convert(context: CliContext, maskDir: string, flags: Flags): Promise<ConversionResult> {
  const { categories } = await readCategories(context, flags.categories);
  const rules = await conversionRules(context, flags, categories);
  const progress = reportProgress(context, 'masks', flags.json === true);
  try {
    return await context.masksToCoco({
      maskDir,
      task: flags.task,
      suffix: flags.suffix,
      categories,
      rules,
      outDir: flags.out,
      workers: flags.workers ?? null,
      compact: flags.compact === true,
      gzip: flags.gzip === true,
      signal: context.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }
}

function printResult(context: CliContext, result: ConversionResult): void {
  printLine(context, result.documentPath);
  note(context, `${countOf(result.images, 'image')}, ${countOf(result.annotations, 'annotation')}`);
  if (result.ignoredFiles > 0)
    note(context, `${countOf(result.ignoredFiles, 'file that is no mask', 'files that are no masks')} left out`);
  for (const [key, pixels] of Object.entries(result.skippedPixels)) {
    note(context, `${skippedName(key)}: ${countOf(pixels, 'pixel')} left out`);
  }
  const { components, pixels } = result.dropped;
  if (components > 0)
    note(context, `${countOf(components, 'component')} too small, with ${countOf(pixels, 'pixel')}: left out`);
}
