import { Command } from 'commander';
import type { AddCommand } from './command.ts';
import { addCollect } from './commands/collect.ts';
import { addCompare } from './commands/compare.ts';
import { addConvert } from './commands/convert.ts';
import { addDataset } from './commands/dataset.ts';
import { addDecode } from './commands/decode.ts';
import { addDoctor } from './commands/doctor.ts';
import { addApprove } from './commands/approve.ts';
import { addExclude } from './commands/exclude.ts';
import { addForget } from './commands/forget.ts';
import { addExtend } from './commands/extend.ts';
import { addDecline } from './commands/decline.ts';
import { addHold } from './commands/hold.ts';
import { addInit } from './commands/init.ts';
import { addList } from './commands/list.ts';
import { addLoop } from './commands/loop.ts';
import { addSchedule } from './commands/schedule/schedule.ts';
import { addModel } from './commands/model.ts';
import { addNote } from './commands/note.ts';
import { addNotices } from './commands/notices.ts';
import { addPlan } from './commands/plan.ts';
import { addPut } from './commands/put.ts';
import { addReassign } from './commands/reassign.ts';
import { addReceipt } from './commands/receipt.ts';
import { addRestore } from './commands/restore.ts';
import { addSimulate } from './commands/simulate.ts';
import { addSandbox } from './commands/sandbox.ts';
import { addServer } from './commands/server.ts';
import { addSnooze } from './commands/snooze.ts';
import { addStart } from './commands/start.ts';
import { addStatus } from './commands/status.ts';
import { addSteering } from './commands/steering.ts';
import { addUp } from './commands/up.ts';
import { addWatch } from './commands/watch.ts';
import { addWorker } from './commands/worker.ts';
import type { CliContext } from './context.ts';
import type { ExitCode } from './exit-codes.ts';

/** In the order of the help. */
const COMMANDS: readonly AddCommand[] = [
  addConvert,
  addDecode,
  addCompare,
  addPut,
  addInit,
  addPlan,
  addStart,
  addList,
  addStatus,
  addWatch,
  addReceipt,
  addDataset,
  addSteering,
  addCollect,
  addDoctor,
  addRestore,
  addApprove,
  addDecline,
  addExtend,
  addReassign,
  addLoop,
  addNote,
  addSnooze,
  addHold,
  addNotices,
  addModel,
  addSchedule,
  addExclude,
  addForget,
  addWorker,
  addServer,
  addUp,
  addSandbox,
  addSimulate,
];

/** The parser of the command line. Wrong usage is left to the caller to print. */
export function createProgram(context: CliContext, end: (code: ExitCode) => void): Command {
  const program = new Command('maskloop')
    .description('The durable active-learning loop: PNG masks, CVAT, MONAI Label, on Temporal')
    .version(context.version)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: (text) => context.stderr.write(text),
      outputError: () => undefined,
    })
    .addHelpText(
      'after',
      '\nEnvironment: docs/configuration.md. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 attention.',
    );
  for (const add of COMMANDS) add(program, context, end);
  return program;
}
