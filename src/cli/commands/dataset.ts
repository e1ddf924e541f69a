import type { WrittenDataset } from '../../dataset/write-dataset.ts';
import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';
import { formatTable } from '../format/table.ts';
import { reportProgress } from '../progress.ts';

interface Flags {
  readonly out: string;
  readonly images?: string;
  readonly link?: true;
  readonly json?: true;
}

/** Missing images that are named. */
const LISTED = 20;

export const addDataset: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'dataset <PROJECT>',
    summary: 'write all sealed labels of a project with their images, as COCO and as PNG',
    example: 'dataset SurgVU --out surgvu/',
  })
    .requiredOption(
      '--out <DIR>',
      'folder for the dataset: empty, or one that this command has written for the project',
    )
    .option('--images <DIR>', 'where to look for images that are not in the folders of the iterations')
    .option('--link', 'hard links to images instead of copies, where that can be done')
    .action(async (given: string, flags: Flags) => {
      const written = await write(context, given, flags);
      if (flags.json === true) printJson(context, written);
      else say(context, written, flags.out);
      end(written.missing.length === 0 ? EXIT.done : EXIT.failed);
    });
};

async function write(context: CliContext, given: string, flags: Flags): Promise<WrittenDataset> {
  const progress = reportProgress(context, 'frames', flags.json === true);
  try {
    return await context.writeDataset({
      given,
      dir: flags.out,
      images: flags.images ?? null,
      asLinks: flags.link === true,
      signal: context.interrupted,
      onProgress: progress.update,
    });
  } finally {
    progress.end();
  }
}

function say(
  context: CliContext,
  { receipts, frames, annotations, forgotten, missing }: WrittenDataset,
  dir: string,
): void {
  const rows = [
    ['receipts', String(receipts)],
    ...Object.entries(frames)
      .filter(([, count]) => count > 0)
      .map(([part, count]) => [`frames, ${part}`, String(count)]),
    ['annotations', String(annotations)],
    ...(forgotten === 0 ? [] : [['forgotten on purpose', String(forgotten)]]),
  ];
  context.stdout.write(`${formatTable(rows)}\n`);
  note(context, `written to ${dir}`);
  if (missing.length === 0) return;
  note(context, `${countOf(missing.length, 'image')} missing:`);
  for (const { frame, why, taskId } of missing.slice(0, LISTED)) {
    note(context, `  ${frame}: ${why}${taskId === null ? '' : `, frame of task ${taskId} in CVAT`}`);
  }
  if (missing.length > LISTED) note(context, `  … and ${missing.length - LISTED} more, in ${dir}/dataset.json`);
  note(
    context,
    "Export the task's images in CVAT with the format that keeps them, then run this again with --images DIR.",
  );
}
