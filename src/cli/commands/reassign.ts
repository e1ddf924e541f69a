import { Option } from 'commander';
import { wholeNumber } from '../arguments.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT, UsageError } from '../exit-codes.ts';

interface ReassignFlags {
  readonly from: string;
  readonly to: string;
  readonly job?: number;
  readonly json?: true;
}

export const addReassign: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'reassign [ID]',
    summary: 'give the open jobs of one person to another, in CVAT',
    example: 'reassign SurgVU/Iteration_1 --from ana --to ben',
  })
    .requiredOption('--from <USER>', 'user name in CVAT of the one who has them')
    .requiredOption('--to <USER>', 'user name in CVAT of the one who gets them')
    .addOption(new Option('--job <N>', 'this job only').argParser(wholeNumber(1)))
    .action(async (given: string | undefined, { from, to, job, json }: ReassignFlags) => {
      if (from === to) throw new UsageError('--from and --to name the same person.');
      const { id, jobs } = await withOperations(context, async (operations) => {
        const found = await operations.resolve(given, 'running');
        const sender = { by: context.user };
        const answer = await operations.reassign({ id: found, sender, from, to, job: job ?? null });
        return { id: found, jobs: answer.jobs };
      });
      if (json === true) printJson(context, { id, what: 'reassign', from, to, jobs });
      else note(context, `${to} has ${jobs.length === 1 ? 'job' : 'jobs'} ${jobs.join(', ')} of ${from} now`);
      end(EXIT.done);
    });
};
