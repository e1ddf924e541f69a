import { outcomeText, type HeldOutTaskRef } from '../../contracts/gate.ts';
import type { IterationResults } from '../../contracts/iteration.ts';
import type { EvaluationRef } from '../../contracts/training.ts';
import { countOf } from '../../contracts/count-of.ts';

type Rows = readonly (readonly string[])[];

/** Dice of each class before and after, and their means; empty where nothing was evaluated. */
export function diceRows({ evaluation }: Pick<IterationResults, 'evaluation'>): Rows {
  if (evaluation === undefined) return [];
  const { gate } = evaluation;
  if (gate === undefined || gate.before === null) return plainRows(evaluation);
  const rest = gate.classes.total - gate.classes.first.length;
  return [
    ['', 'before', 'after'],
    ...gate.classes.first.map(({ name, before, after, floor }) => [
      name,
      formatDice(before?.dice),
      formatDice(after.dice),
      ...(floor === null ? [] : [`floor ${floor}`]),
    ]),
    ...(rest > 0 ? [[`and ${rest} more`]] : []),
    [`mean of ${countOf(evaluation.frames, 'frame')}`, formatDice(gate.before.dice), formatDice(gate.after.dice)],
    ['mean IoU', formatDice(gate.before.iou), formatDice(gate.after.iou)],
  ];
}

/** The verdict on the new model and what became of it; empty where there is none. */
export function gateRows({
  modelBefore,
  evaluation,
  promotion,
}: Pick<IterationResults, 'modelBefore' | 'evaluation' | 'promotion'>): Rows {
  const gate = evaluation?.gate;
  const interval = gate?.interval;
  return [
    ...heldOutTaskRows(modelBefore?.heldOutTask),
    ...(gate === undefined ? [] : [['verdict', `${gate.verdict}: ${gate.reasons.join('; ')}`]]),
    ...(interval == null
      ? []
      : [
          [
            'interval',
            `${signed(interval.low)} to ${signed(interval.high)} (95 %, ${countOf(gate?.groups ?? 0, 'group')})`,
          ],
        ]),
    ...(promotion === undefined
      ? []
      : [
          ['outcome', outcomeText(promotion)],
          ['published', promotion.published ?? 'not known'],
          ...(gate === undefined ? promotion.reasons.map((reason) => ['reason', reason]) : []),
        ]),
  ];
}

/** The task that is measured on, where people have changed it since; none for no difference. */
function heldOutTaskRows(task: HeldOutTaskRef | undefined): Rows {
  if (task === undefined || task.edits === 0) return [];
  const since =
    task.edits === null
      ? 'whether it was edited since is not known'
      : `${countOf(task.edits, 'edit')} since (${task.list?.sha256.slice(0, 12) ?? ''}) are not measured on`;
  return [['measured on', `${task.id} as it was sealed (${task.seal.sha256.slice(0, 12)}); ${since}`]];
}

function plainRows({ perClass, frames, meanDice, gate }: EvaluationRef): Rows {
  const classes = Object.entries(perClass).map(([name, dice]) => [name, formatDice(dice)]);
  const rest = (gate?.classes.total ?? 0) - classes.length;
  return [
    ...classes,
    ...(rest > 0 ? [[`and ${rest} more`]] : []),
    [`mean of ${countOf(frames, 'frame')}`, formatDice(meanDice)],
  ];
}

function formatDice(dice: number | null | undefined): string {
  return dice == null ? 'absent' : dice.toFixed(4);
}

function signed(difference: number): string {
  return `${difference > 0 ? '+' : ''}${difference.toFixed(4)}`;
}
