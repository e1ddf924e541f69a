import type { Epoch } from '../learner/train-epochs.ts';
import { logStamp } from '../python-time.ts';
import type { RunFacts } from './run-facts.ts';

/** A line as the server's own loggers write it. */
export function loggerLine(logger: string, text: string): string {
  return `[${logStamp(new Date())}] [${process.pid}] [MainThread] [INFO] (${logger}) - ${text}`;
}

/** A line of the metrics printer. */
function metricLine(text: string): string {
  return `${logStamp(new Date())} - INFO - ${text}`;
}

/** What a run prints when an epoch is measured. */
export function epochLines(epoch: Epoch, facts: RunFacts): string[] {
  const { losses } = epoch;
  const lines = losses.map((loss, index) =>
    metricLine(
      `Epoch: ${epoch.epoch}/${facts.total_epochs}, Iter: ${index + 1}/${losses.length} -- train_loss: ${loss.toFixed(4)}`,
    ),
  );
  for (const part of [facts.train, facts.eval]) {
    if (!('metrics' in part)) continue;
    const name = part.key_metric_name;
    lines.push(
      metricLine(`Epoch[${epoch.epoch}] Metrics -- ${name}: ${part.metrics[name]!.toFixed(4)}`),
      metricLine(`Key metric: ${name} best value: ${part.best_metric} at epoch: ${part.best_metric_epoch}`),
    );
  }
  return lines;
}

/** The end of a Python traceback. */
export function tracebackLines(error: unknown): string[] {
  const text = error instanceof PythonError ? `${error.kind}: ${error.message}` : `RuntimeError: ${messageOf(error)}`;
  return [
    'Traceback (most recent call last):',
    '  File "monailabel/interfaces/utils/app.py", line 113, in run_main',
    '  File "monailabel/interfaces/app.py", line 423, in train',
    text,
  ];
}

/** A failure inside the training process, under the class name that the traceback shows. */
export class PythonError extends Error {
  readonly kind: string;

  constructor(kind: string, message: string) {
    super(message);
    this.kind = kind;
  }
}

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error);
}

/** What a background process says of a model or method that the app does not have. */
export function notInitialized(reason: string): PythonError {
  return new PythonError(
    'monailabel.interfaces.exception.MONAILabelException',
    `(<MONAILabelError.INVALID_INPUT: 'INVALID_INPUT'>, "${reason}")`,
  );
}
