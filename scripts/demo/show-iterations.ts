import { formatTable } from '../../src/cli/format/table.ts';
import type { IterationFigures } from './read-iterations.ts';

/** What the iterations came to, as a table. */
export function tableOfIterations(iterations: readonly IterationFigures[]): string {
  const head = ['', 'frames', 'pre-annotations agree with final labels', 'held-out Dice before', 'after', 'new model'];
  const rows = iterations.map(({ task, frames, agreement, before, after, outcome }) => [
    task,
    String(frames),
    agreement.toFixed(4),
    before.toFixed(4),
    after.toFixed(4),
    outcome,
  ]);
  return formatTable([head, ...rows]);
}

/** The agreement of the first and the last iteration in words. @throws Error if it has not risen */
export function riseInWords(iterations: readonly IterationFigures[]): string {
  const [first, last] = [iterations.at(0), iterations.at(-1)];
  if (first === undefined || last === undefined) throw new Error('there are no iterations');
  const course = `from ${first.agreement.toFixed(4)} in the first iteration to ${last.agreement.toFixed(4)} in the last`;
  if (last.agreement <= first.agreement) throw new Error(`the agreement has not risen: ${course}`);
  return `The agreement rose ${course}: people have less to correct.`;
}

/** Why models were not published, a line each: a gain on few held-out frames may be chance. */
export function putBackInWords(iterations: readonly IterationFigures[]): readonly string[] {
  return iterations
    .filter(({ outcome }) => outcome === 'put back')
    .map(
      ({ task, reasons }) =>
        `${task}: the new model is not surely better (${reasons.join('; ')}); the one before stays.`,
    );
}
