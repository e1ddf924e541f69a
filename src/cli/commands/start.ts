import { requireConnection } from '../require-connection.ts';
import { Option, type Command } from 'commander';
import { PEOPLE_SETTINGS } from '../../contracts/comparison.ts';
import { iterationId } from '../../contracts/ids.ts';
import { DEFAULT_SHARD_SIZE } from '../../contracts/iteration.ts';
import { DEFAULT_STALLED_AFTER_MS, DEFAULT_TIMING } from '../../contracts/timing.ts';
import type { Operations } from '../../operations/operations.ts';
import type { StartOutcome } from '../../operations/start-iteration.ts';
import { parseDuration, parseInterval, parseNames, wholeNumber } from '../arguments.ts';
import { addConfigFlag, flagsWithConfig } from '../config-flags.ts';
import { describeCommand, note, printJson, printLine, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { addConversionFlags, conversionRules } from '../conversion-flags.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { follow } from '../follow.ts';
import { addGateFlags, requireKnownFloors } from '../gate-flags.ts';
import { addNoticeFlags, noticesOf, readBook } from '../notice-flags.ts';
import { addPeopleFlags, deadlineOf, reviewOf } from '../people-flags.ts';
import { maskFolderOf, predictOf } from '../mask-source.ts';
import { reportProgress } from '../progress.ts';
import { readClasses } from '../read-classes.ts';
import { readHeldOut } from '../read-held-out.ts';
import { readNotices } from '../read-notices.ts';
import { readShare } from '../read-share.ts';
import { importScopeOf, requireOneSource, startInput, trainingOf, type StartFiles } from '../start-input.ts';
import type { StartFlags } from '../start-flags.ts';
import { parseTrainingWindow } from '../training-window.ts';

export const addStart: AddCommand = (program, context, end) => {
  const command = describeCommand(program, {
    usage: 'start',
    summary: 'start an iteration, or join the one that runs with the same inputs',
    example:
      'start --project SurgVU --task Iteration_1 --masks masks/ --images images/ \\\n      --categories categories.json --model segmentation',
  });
  addStartFlags(command);
  command
    .option('--wait', 'follow the iteration to its end')
    .option('--again', 'start a further iteration of a task that has a finished one')
    .action(async (_: unknown, typed: Command) => end(await start(context, await flagsWithConfig(typed))));
};

/** What an iteration is started with; `plan` has the same. */
export function addStartFlags(command: Command): void {
  addConfigFlag(command);
  addDataFlags(command);
  addConversionFlags(command);
  addPeopleFlags(command);
  addImportFlags(command);
  addTrainingFlags(command);
  addPatienceFlags(command);
  addNoticeFlags(command);
}

function addImportFlags(command: Command): void {
  command
    .option('--overwrite', 'delete what the task holds when it is looked at; it is backed up first')
    .option('--only-new-jobs', 'only into jobs that are new and empty; leave the others alone')
    .option('--rebuild', 'as --only-new-jobs, and in place of our own shapes that nobody has touched');
}

function addDataFlags(command: Command): void {
  command
    .option('--connection <NAME>', 'CVAT and MONAI Label to work with; see MASKLOOP_CONNECTIONS', 'default')
    .option('--project <P>', 'project in CVAT; needed, here or in the file of --config')
    .option('--task <T>', 'task in that project; needed')
    .option('--masks <DIR>', 'folder with the PNG masks, or store:… as put printed it')
    .option('--predict [MODEL]', 'instead: what the published model predicts (default: that of --model)')
    .option('--from-scratch', 'or nothing: people begin without pre-annotations')
    .option('--as-is', 'only observe a task that people work on: nothing is written to CVAT; --masks are compared with')
    .option(
      '--categories <FILE>',
      "COCO's list of categories: the values that the masks hold; or cvat, for the labels of the project from 1 on; needed, here or in that file",
    )
    .option(
      '--images <DIR>',
      'folder with the frames, or store:… as put printed it; makes the task where there is none',
    )
    .option('--share-files <DIR>', "folder of CVAT's share instead, or @FILE with one path in it a line")
    .option('--suffix <S>', "what follows the task in the document's name", '')
    .option('--shard-size <N>', 'masks that are converted as one piece of work', wholeNumber(1), DEFAULT_SHARD_SIZE)
    .option('--create-project', 'make the project where there is none')
    .option('--sync-labels', 'add labels that the project lacks')
    .option('--assign <NAMES>', 'user names in CVAT, anna,ben: give them the jobs that nobody has', parseNames)
    .option('--segment-size <N>', 'frames a job of a task that is made', wholeNumber(1))
    .addOption(
      new Option('--poll <DURATION>', 'time between two reads of CVAT').argParser(parseInterval).default(60_000, '60s'),
    )
    .addOption(
      new Option('--quiet <DURATION>', 'so long nobody must have changed a job before it is sealed')
        .argParser(parseDuration)
        .default(60_000, '60s'),
    )
    .addOption(
      new Option('--people <SETTING>', 'who corrected how much is told by name, as person 1, 2, …, or not at all')
        .choices(PEOPLE_SETTINGS)
        .default('names'),
    );
}

function addPatienceFlags(command: Command): void {
  const { heartbeatTimeoutMs, unreachableAfterMs } = DEFAULT_TIMING;
  command
    .addOption(
      new Option('--worker-lost-after <DURATION>', 'silence after which the work of a worker is given to another')
        .argParser(parseInterval)
        .default(heartbeatTimeoutMs, '30s'),
    )
    .addOption(
      new Option('--unreachable-after <DURATION>', 'time without an answer after which a server is shown as away')
        .argParser(parseInterval)
        .default(unreachableAfterMs, '15m'),
    )
    .addOption(
      new Option('--import-stuck-after <DURATION>', 'time after which an import that CVAT does not end counts as stuck')
        .argParser(parseInterval)
        .default(30 * 60_000, '30m'),
    )
    .addOption(
      new Option('--stalled-after <DURATION>', 'longest silence of a training that lives: its start, or one epoch')
        .argParser(parseInterval)
        .default(DEFAULT_STALLED_AFTER_MS, '30m'),
    );
}

function addTrainingFlags(command: Command): void {
  command
    .option('--model <M>', 'trainer in MONAI Label')
    .option('--no-train', 'end when the labels are sealed')
    .option('--max-epochs <N>', "epochs (default: the trainer's own)", wholeNumber(1))
    .option(
      '--train-window <TIMES>',
      'hours in which a training may begin: "20:00-06:00 Europe/Berlin" (default: any; zone of this machine)',
      parseTrainingWindow,
    );
  addGateFlags(command);
}

async function start(context: CliContext, flags: StartFlags): Promise<ExitCode> {
  // What can be refused is refused before folders are read.
  trainingOf(flags);
  requireOneSource(flags);
  maskFolderOf(flags);
  predictOf(flags);
  deadlineOf(flags, context.now());
  reviewOf(flags);
  noticesOf(flags, null);
  iterationId(flags);
  requireConnection(context, flags.connection);
  importScopeOf(flags);
  return withOperations(context, async (operations) => {
    const input = startInput(flags, await readFiles(context, operations, flags), context.now());
    const outcome = await operations.start({ input, again: flags.again === true, by: context.user });
    if (flags.wait !== true) {
      sayOutcome(context, outcome, flags.json === true);
      return EXIT.done;
    }
    if (flags.json !== true) printLine(context, outcome.id);
    return follow(context, operations, { id: outcome.id, json: flags.json === true });
  });
}

/** Reads what the flags point at; only lists of categories and of shared files are stored. */
export async function readFiles(context: CliContext, operations: Operations, flags: StartFlags): Promise<StartFiles> {
  const classes = await readClasses(context, operations, flags);
  requireKnownFloors(flags, classes.categories);
  const rules = await conversionRules(context, flags, classes.categories);
  const share = flags.shareFiles === undefined ? null : await readShare(context, flags.shareFiles);
  const quiet = flags.json === true;
  const { imported, compared } = maskFolderOf(flags);
  const masks = imported === null ? null : await readFolder(context, 'masks', imported, quiet);
  const compareWith = compared === null ? null : await readFolder(context, 'masks', compared, quiet);
  const images = flags.images === undefined ? null : await readFolder(context, 'images', flags.images, quiet);
  const heldOut = await readHeldOut(context, flags, (what, dir) => readFolder(context, what, dir, quiet));
  const notices = await readNotices(context, flags);
  const noticeBook = await readBook(context, flags);
  return { masks, compareWith, images, share, rules, heldOut, notices, noticeBook, categories: await classes.put() };
}

async function readFolder(context: CliContext, what: string, dir: string, quiet: boolean) {
  const progress = reportProgress(context, `reading ${what}`, quiet);
  try {
    return await context.describeFolder(dir, { signal: context.interrupted, onProgress: progress.update });
  } finally {
    progress.end();
  }
}

function sayOutcome(context: CliContext, { id, outcome }: StartOutcome, json: boolean): void {
  if (json) return printJson(context, { id, outcome });
  printLine(context, id);
  const what = outcome === 'started' ? 'started' : 'was running already with the same inputs';
  note(context, `${what}; follow it with: maskloop watch ${id}`);
}
