import { parseInterval } from '../arguments.ts';
import { describeCommand, note, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { formatTime } from '../format/time.ts';

export const addSnooze: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'snooze <ID> <DURATION>',
    summary: 'remind nobody of an iteration for a while; decisions and deadlines are told all the same',
    example: 'snooze SurgVU/Iteration_1 2d',
  }).action(async (given: string, duration: string, flags: { json?: true }) => {
    const durationMs = parseInterval(duration);
    const id = await withOperations(context, async (operations) => operations.resolve(given, 'running'));
    const now = context.now();
    const until = new Date(now.getTime() + durationMs).toISOString();
    await context.snooze(id, { until, by: context.user, at: now.toISOString() });
    if (flags.json === true) printJson(context, { id, what: 'snooze', until });
    else note(context, `nobody is reminded of ${id} until ${formatTime(until)}`);
    end(EXIT.done);
  });
};
