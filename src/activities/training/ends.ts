import { MaskloopError } from '../../contracts/error.ts';
import type { TrainingTask } from '../../contracts/trainer-reports.ts';
import type { RunRecord } from './run-record.ts';

/** The end of a traceback says what happened; the lines before it where. */
const SHOWN_LINES = 12;
const LINE_LENGTH = 200;

/** The last lines of output, each cut to what fits into a terminal and a history. */
export function lastLines(details: readonly string[]): readonly string[] {
  const lines = details.flatMap((line) => line.split('\n')).filter((line) => line.trim() !== '');
  return lines.slice(-SHOWN_LINES).map((line) => (line.length > LINE_LENGTH ? `${line.slice(0, LINE_LENGTH)}…` : line));
}

/** The failure of a training that has ended otherwise than done. */
export function endedBadly(task: TrainingTask, { runName, model }: RunRecord): MaskloopError {
  const output = lastLines(task.details);
  const facts = { task: task.id, run: runName, model, output };
  if (task.status === 'STOPPED') {
    return new MaskloopError('TrainingStopped', `Training ${runName} was stopped by somebody.`, { facts });
  }
  const shown = output.map((line) => `\n  ${line}`).join('');
  return new MaskloopError(
    'TrainingFailed',
    `Training ${runName} ended with an error: ${output.at(-1) ?? 'no output'}${output.length > 1 ? shown : ''}`,
    { facts },
  );
}

/** The failure of a training that shows no sign of life, or is never begun by its server. */
export function stalled(task: TrainingTask, { runName, model }: RunRecord, silentMs: number): MaskloopError {
  const minutes = Math.round(silentMs / 6000) / 10;
  const what = task.status === 'SUBMITTED' ? 'is submitted but does not begin' : 'shows no new epoch and no new output';
  const output = lastLines(task.details);
  return new MaskloopError('TrainingStalled', `Training ${runName} ${what} for ${minutes} minutes.`, {
    facts: { task: task.id, run: runName, model, status: task.status, output },
  });
}
