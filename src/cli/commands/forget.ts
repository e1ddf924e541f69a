import type { ForgetResult } from '../../contracts/withdrawal.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { countOf } from '../../contracts/count-of.ts';

interface Flags {
  readonly connection?: string;
  readonly project?: string;
  readonly task?: string;
  readonly note?: string;
  readonly yes?: true;
  readonly json?: true;
}

/** What is not reached, however often it is asked for. */
const OUT_OF_REACH = [
  'the task in CVAT: delete the frames there',
  'folders of masks and images that are used in place, and datasets that were written',
  'documents of many frames: seals, COCO documents, backups and comparisons keep outlines and numbers of the frames',
  'models that were trained on them',
  'copies of the store, of the folder of the trainer, and of CVAT',
  "Temporal's histories hold no more than references",
];

export const addForget: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'forget <FRAME...>',
    summary: 'remove frames from store and trainer for good; CVAT is not touched',
    example: 'forget frame_000017.png --project SurgVU --task Iteration_1 --yes',
  })
    .option('--project <P>', 'project in CVAT')
    .option('--task <T>', 'task in CVAT; needed where several tasks have frames of these names')
    .option('--connection <NAME>', 'connection')
    .option('--note <TEXT>', 'why, for the record')
    .option('--yes', 'remove; without it, what would be removed is shown')
    .action(async (frames: readonly string[], flags: Flags) => {
      const { connection = null, project = null, task = null, note: why = null, yes: confirmed = false } = flags;
      const result = await withOperations(context, async (operations) => {
        return operations.forget({ connection, project, task, frames, confirmed, by: context.user, note: why });
      });
      if (flags.json === true) printJson(context, { ...result, outOfReach: OUT_OF_REACH });
      else {
        for (const line of linesOf(result)) printLine(context, line);
        for (const line of ['not reached:', ...OUT_OF_REACH.map((one) => `  ${one}`)]) note(context, line);
        if (!result.done) note(context, 'nothing was removed; say --yes to remove it');
      }
      end(result.done ? EXIT.done : EXIT.attention);
    });
};

/** Names that are shown one by one. */
const MAX_NAMES = 20;

function linesOf(result: ForgetResult): readonly string[] {
  const { done, connection, project, task, frames, artifacts, bytes, shared, predictions, trainer } = result;
  const where = connection === 'default' ? `${project} / ${task}` : `${connection} / ${project} / ${task}`;
  const more = frames.length > MAX_NAMES ? ` and ${frames.length - MAX_NAMES} more` : '';
  return [
    `${done ? 'forgotten' : 'to forget'}: ${countOf(frames.length, 'frame')} of ${where}: ${frames.slice(0, MAX_NAMES).join(', ')}${more}`,
    `store: ${countOf(artifacts, 'label, mask or prediction', 'labels, masks and predictions')}, ${bytes} bytes`,
    ...(predictions === 0 ? [] : [`store: ${countOf(predictions, 'note of a prediction', 'notes of predictions')}`]),
    ...(shared === 0
      ? []
      : [`store: ${shared} more stay, since other frames have the same bytes or they show nothing`]),
    trainer === null
      ? 'trainer: none'
      : `trainer ${trainer.address}: ${countOf(trainer.images, 'image')}, ${countOf(trainer.labels, 'label')}`,
  ];
}
