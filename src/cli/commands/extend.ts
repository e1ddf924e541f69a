import { Option } from 'commander';
import { parseInterval } from '../arguments.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { formatTime } from '../format/time.ts';
import { parseDeadline, type DeadlineFlag } from '../people-flags.ts';

interface ExtendFlags {
  readonly until?: DeadlineFlag;
  readonly by?: number;
  readonly json?: true;
}

export const addExtend: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'extend [ID]',
    summary: 'give people more time, also after the deadline',
    example: 'extend SurgVU/Iteration_1 --by 2d',
  })
    .addOption(new Option('--until <TIME>', 'the new deadline: 2026-12-01T18:00').argParser(parseDeadline))
    .addOption(
      new Option('--by <DURATION>', 'so much after the deadline, or after now where that has passed').argParser(
        parseInterval,
      ),
    )
    .action(async (given: string | undefined, flags: ExtendFlags) => {
      const asked = extensionOf(context, flags);
      const { id, deadline } = await withOperations(context, async (operations) => {
        const found = await operations.resolve(given, 'running');
        const answer = await operations.extend({ id: found, sender: { by: context.user }, ...asked });
        return { id: found, deadline: answer.deadline };
      });
      if (flags.json === true) printJson(context, { id, what: 'extend', deadline });
      else note(context, `${id} is due ${formatTime(deadline)}`);
      end(EXIT.done);
    });
};

function extensionOf(context: CliContext, { until, by }: ExtendFlags): { until: string | null; byMs: number | null } {
  if ((until === undefined) === (by === undefined)) throw new UsageError('Pass --until TIME or --by DURATION.');
  if (until === undefined) return { until: null, byMs: by ?? null };
  const at = 'at' in until ? until.at : new Date(context.now().getTime() + until.afterMs).toISOString();
  return { until: at, byMs: null };
}
