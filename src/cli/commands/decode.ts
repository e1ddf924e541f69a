import type { Decoding } from '../../coco/decode/decode-dataset.ts';
import { describeCommand, note, printJson, printLine, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { refuseMixedMaps, type ConversionFlags } from '../conversion-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { reportProgress } from '../progress.ts';
import { readInputFile } from '../read-input-file.ts';
import { valueList, valuePairs } from '../value-arguments.ts';

interface Flags extends Pick<ConversionFlags, 'map' | 'ignore' | 'labelMap'> {
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
    .option('--map <VALUE=ID,…>', 'what convert was told, turned round: 255=1 paints category 1 as 255', valuePairs)
    .option('--ignore <VALUES>', 'what convert was told: no category is painted in these values', valueList)
    .option('--label-map <FILE>', "colours of the categories, for masks in colour: CVAT's labelmap.txt or JSON")
    .option('--overwrite', 'replace files that are there')
    .action(async (document: string, flags: Flags) => {
      const decoding = await decode(context, document, flags);
      if (flags.json === true) printJson(context, decoding);
      else printResult(context, decoding);
      end(EXIT.done);
    });
};

async function decode(context: CliContext, document: string, flags: Flags): Promise<Decoding> {
  refuseMixedMaps(flags);
  const { map: values = [], ignore = [] } = flags;
  const labelMap = flags.labelMap === undefined ? null : await readLabelMap(flags.labelMap);
  const progress = reportProgress(context, 'masks', flags.json === true);
  try {
    return await context.decodeDataset({
      document,
      labelMap,
      rules: { values, ignore },
      outDir: flags.out,
      overwrite: flags.overwrite === true,
      signal: context.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }
}

async function readLabelMap(where: string): Promise<{ text: string; where: string }> {
  return { text: (await readInputFile('label map', where)).toString('utf8'), where };
}

function printResult(context: CliContext, decoding: Decoding): void {
  const { outDir, masks, emptyMasks, bitDepth, inColour, overlaps } = decoding;
  printLine(context, outDir);
  const empty = emptyMasks === 0 ? '' : `, ${emptyMasks} of them all background`;
  note(context, `${countOf(masks, 'mask')} ${inColour ? 'in colour' : `of ${bitDepth} bits`}${empty}`);
  for (const { fileName, pixels } of overlaps.slice(0, MAX_LISTED)) {
    note(context, `${fileName}: shapes overlap on ${countOf(pixels, 'pixel')}; the highest annotation id is seen`);
  }
  if (overlaps.length > MAX_LISTED) {
    note(context, `overlaps on ${countOf(overlaps.length - MAX_LISTED, 'more image')}; --json lists all`);
  }
}
