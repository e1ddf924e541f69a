import { countOf } from '../../contracts/count-of.ts';
import type { MessageRow } from '../../notify/outbox/list-messages.ts';
import { describeCommand, note, printJson, type AddCommand } from '../command.ts';
import type { CliContext } from '../context.ts';
import { EXIT, UsageError } from '../exit-codes.ts';
import { formatNotices } from '../format/notices.ts';

interface Flags {
  readonly unknown?: true;
  readonly all?: true;
  readonly seen?: true;
  readonly json?: true;
}

export const addNotices: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'notices',
    summary: 'show messages to people that are to be sent, perhaps did not arrive, or were given up',
    example: 'notices --unknown',
  })
    .option('--unknown', 'only those that perhaps, or certainly, did not arrive')
    .option('--all', 'also those that were sent')
    .option('--seen', 'and show those that did not arrive no more; none of them is sent again')
    .action(async (flags: Flags) => {
      if (flags.unknown === true && flags.all === true) throw new UsageError('Pass --unknown or --all, not both.');
      const rows = await rowsOf(context, flags);
      if (flags.json === true) printJson(context, rows);
      else if (rows.length === 0) note(context, 'There are no such messages.');
      else context.stdout.write(formatNotices(rows));
      if (flags.seen === true) await forget(context);
      end(EXIT.done);
    });
};

async function rowsOf(context: CliContext, { unknown, all }: Flags): Promise<readonly MessageRow[]> {
  if (unknown === true) return context.listNotices('troubled');
  const open = await context.listNotices('open');
  return [...open, ...(await context.listNotices(all === true ? 'settled' : 'troubled'))];
}

async function forget(context: CliContext): Promise<void> {
  const rows = await context.listNotices('troubled');
  await context.markNoticesSeen(rows.map(({ key }) => key));
  note(context, `${countOf(rows.length, 'message')} will be shown no more`);
}
