import { countOf } from '../../contracts/count-of.ts';
import type { LoopPlan, PlannedChoice } from '../../contracts/loop-plan.ts';
import { formatPlan } from './plan.ts';
import { formatTable } from './table.ts';

const BEGINS: Record<LoopPlan['begins'], string> = {
  'as it is': 'the task is there: it would be taken as it is, and only observed',
  nothing: 'nothing: people begin without pre-annotations',
  predict: 'what the published model predicts',
  masks: 'the masks of these frames out of the folder of first masks',
};

const PROSPECT = { well: 'it would begin like this', badly: 'it would begin, and then need a decision' };

/** What the next iteration of a loop would do, as people read it; ends with a line break. */
export function formatLoopPlan({ number, task, begins, chosen, tooFew, iteration }: LoopPlan): string {
  const head = [
    ['number', String(number)],
    ['task', task],
    ['begins with', BEGINS[begins]],
    ...(chosen === null ? [] : choiceRows(chosen)),
  ];
  const parts = [
    formatTable(head),
    chosen === null || chosen.first.length === 0 ? null : frameTable(chosen),
    chosen === null || chosen.notes.length === 0 ? null : chosen.notes.join('\n'),
    tooFew === null ? null : `it would not begin: ${tooFew.words}; nothing was changed`,
  ].filter((part) => part !== null);
  const told = iteration === null ? '' : `\n${formatPlan(iteration, PROSPECT)}`;
  return `${parts.join('\n\n')}\n${told}`;
}

function choiceRows({ frames, pool, model, uncertainty }: PlannedChoice): readonly (readonly string[])[] {
  const { used, heldOut, alike } = pool;
  const left = `${used} used, ${heldOut} held out, ${alike} alike`;
  return [
    ['frames', `${frames} of ${countOf(pool.frames, 'frame')} in ${countOf(pool.groups, 'group')} (${left})`],
    ...(model === null ? [] : [['scores by', `model ${model}${uncertainty === null ? '' : `, ${uncertainty}`}`]]),
  ];
}

function frameTable({ first, frames }: PlannedChoice): string {
  const rows = first.map(({ name, group, strategy, score }) => [
    name,
    group,
    strategy,
    score === null ? '-' : String(score),
  ]);
  const more = frames > first.length ? [[`… and ${frames - first.length} more`]] : [];
  return formatTable([['frame', 'group', 'chosen by', 'score'], ...rows, ...more]);
}
