import type { Decoding } from '../../coco/decode/decode-dataset.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../format/count.ts';
import { reportProgress } from '../progress.ts';

interface Flags {
  readonly out: string;
  readonly overwrite?: true;
  readonly json?: true;
}

/** So many images with overlaps are named; the others are counted. `--json` has all. */
const MAX_LISTED = 10;

export const addDecode: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'decode <COCO_JSON>',
    summary: 'turn a COCO document back into PNG masks',
    example: 'decode coco/Iteration_1.json --out masks/',
  })
    .requiredOption('--out <DIR>', 'folder for the masks; made if it is missing')
    .option('--overwrite', 'replace files that are there')
    .action(async (document: string, flags: Flags) => {
      const decoding = await decode(context, document, flags);
      if (flags.json === true) printJson(context, decoding);
      else printResult(context, decoding);
      end(EXIT.done);
    });
};

async function decode(context: CliContext, document: string, flags: Flags): Promise<Decoding> {
  const progress = reportProgress(context, 'masks', flags.json === true);
  try {
    return await context.decodeDataset({
      document,
      outDir: flags.out,
      overwrite: flags.overwrite === true,
      signal: context.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }
}

function printResult(context: CliContext, { outDir, masks, emptyMasks, bitDepth, overlaps }: Decoding): void {
  printLine(context, outDir);
  const empty = emptyMasks === 0 ? '' : `, ${emptyMasks} of them all background`;
  note(context, `${countOf(masks, 'mask')} of ${bitDepth} bits${empty}`);
  for (const { fileName, pixels } of overlaps.slice(0, MAX_LISTED)) {
    note(context, `${fileName}: shapes overlap on ${countOf(pixels, 'pixel')}; the highest annotation id is seen`);
  }
  if (overlaps.length > MAX_LISTED) {
    note(context, `overlaps on ${countOf(overlaps.length - MAX_LISTED, 'more image')}; --json lists all`);
  }
}
