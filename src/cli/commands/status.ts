import type { IterationView } from '../../operations/describe-iteration.ts';
import { describeCommand, printJson, withOperations, type AddCommand } from '../command.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { formatStatus } from '../format/status.ts';
import { sayIfNoWorker } from '../say-workers.ts';

export const addStatus: AddCommand = (program, context, end) => {
  describeCommand(program, {
    usage: 'status [ID]',
    summary: 'show where an iteration is, what it waits for, and why',
    example: 'status SurgVU/Iteration_1',
  }).action(async (given: string | undefined, flags: { json?: true }) => {
    const view = await withOperations(context, async (operations) => {
      const found = await operations.describe(await operations.resolve(given, 'any'));
      if (found.state === 'running' && !found.workerAnswers) await sayIfNoWorker(context, operations);
      return found;
    });
    if (flags.json === true) printJson(context, view);
    else context.stdout.write(formatStatus(view, context.now()));
    end(exitCodeOfView(view));
  });
};

/** As `watch` ends: 3 where a person has to decide, 1 where the run ended without a receipt. */
function exitCodeOfView(view: IterationView): ExitCode {
  const waitingFor = view.status?.waitingFor ?? view.index?.waitingFor;
  if (view.state === 'running') return waitingFor === 'decision' ? EXIT.attention : EXIT.done;
  return view.state === 'done' ? EXIT.done : EXIT.failed;
}
