import type { Command } from 'commander';
import { iterationId } from '../../contracts/ids.ts';
import { describeCommand, printJson, withOperations, type AddCommand } from '../command.ts';
import { flagsWithConfig } from '../config-flags.ts';
import { EXIT } from '../exit-codes.ts';
import { formatPlan } from '../format/plan.ts';
import { maskFolderOf, predictOf } from '../mask-source.ts';
import { importScopeOf, startInput, trainingOf } from '../start-input.ts';
import { deadlineOf, reviewOf } from '../people-flags.ts';
import { addStartFlags, readFiles } from './start.ts';

export const addPlan: AddCommand = (program, context, end) => {
  const command = describeCommand(program, {
    usage: 'plan',
    summary: 'show what start would do, and change nothing',
    example:
      'plan --project SurgVU --task Iteration_1 --masks masks/ --images images/ \\\n      --categories categories.json --model segmentation',
  });
  addStartFlags(command);
  command.action(async (_: unknown, typed: Command) => {
    const flags = await flagsWithConfig(typed);
    trainingOf(flags);
    maskFolderOf(flags);
    predictOf(flags);
    iterationId(flags);
    importScopeOf(flags);
    deadlineOf(flags, context.now());
    reviewOf(flags);
    const plan = await withOperations(context, async (operations) => {
      return operations.plan(startInput(flags, await readFiles(context, operations, flags), context.now()));
    });
    if (flags.json === true) printJson(context, plan);
    else context.stdout.write(formatPlan(plan));
    end(plan.troubles.length === 0 ? EXIT.done : EXIT.attention);
  });
};
