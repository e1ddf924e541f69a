import type { Comparison } from '../../coco/dataset/comparison.ts';
import { describeCommand, printJson, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { formatComparison } from '../format/comparison.ts';
import { reportProgress } from '../progress.ts';

export const addCompare: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'compare <A_JSON> <B_JSON>',
    summary: 'compare two COCO documents: IoU and Dice by class, shapes added, removed and changed',
    example: 'compare coco/Iteration_1.json corrected/instances_default.json',
  }).action(async (a: string, b: string, flags: { readonly json?: true }) => {
    const comparison = await compare(context, a, b, flags.json === true);
    if (flags.json === true) printJson(context, comparison);
    else context.stdout.write(formatComparison(comparison));
    end(EXIT.done);
  });
};

async function compare(context: CliContext, a: string, b: string, quiet: boolean): Promise<Comparison> {
  const progress = reportProgress(context, 'frames', quiet);
  try {
    return await context.compareDatasets({
      a,
      b,
      signal: context.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }
}
