import { countOf } from '../contracts/count-of.ts';
import { REAL_LOSS, type Judgement } from '../contracts/gate.ts';
import type { ModelComparison } from './compare-models.ts';

/** A real loss in more than this share of the draws is too likely. */
export const LIKELY_LOSS = 0.25;

/** More classes are counted, not named. */
const MAX_NAMED = 5;

/**
 * Whether a new model is better. All of this must hold: its mean Dice is higher; no class is under its floor; and in no more
 * than a quarter of the draws of groups it loses more than 0.01. Without an interval (fewer than two groups) the first two
 * decide, and the reasons say so. Without a model before only the floors count. A class that neither labels nor predictions
 * have misses no floor.
 *
 * @param frames held-out frames; with none nothing is known
 * @param forgotten held-out frames that were forgotten since the model before was measured, and are not compared; the reasons tell
 */
export function judge(comparison: ModelComparison, frames: number, forgotten = 0): Judgement {
  if (forgotten === 0) return judgeFrames(comparison, frames, 'no frame was held out');
  const judgement = judgeFrames(comparison, frames, 'all held-out frames were forgotten');
  const told = `${countOf(forgotten, 'held-out frame')} ${forgotten === 1 ? 'was' : 'were'} forgotten and count${forgotten === 1 ? 's' : ''} for neither model`;
  return { ...judgement, reasons: [...judgement.reasons, told] };
}

/** @param none why there may be no frames, in words */
function judgeFrames(comparison: ModelComparison, frames: number, none: string): Judgement {
  const { before, after, difference, interval, groups } = comparison;
  if (frames === 0 || after.dice === null) {
    const why = frames === 0 ? none : 'no held-out frame has a label or a prediction';
    return { verdict: 'not measured', reasons: [`nothing is known of the new model: ${why}`] };
  }
  const missed = missedFloors(comparison);
  if (missed !== null) return { verdict: 'floor missed', reasons: [missed, ...differenceText(difference)] };
  if (before === null)
    return { verdict: 'first', reasons: ['no model was published before', 'no class is under a floor'] };
  if (difference === null) return { verdict: 'not measured', reasons: ['nothing is known of the model before'] };
  const certainty =
    interval === null
      ? `there ${groups === 1 ? 'is 1 group' : `are ${groups} groups`}, too few to say how certain that is`
      : `a loss of more than ${REAL_LOSS} in ${percent(interval.lossShare)} of ${interval.draws} draws`;
  const isBetter = difference > 0 && (interval === null || interval.lossShare <= LIKELY_LOSS);
  const verdict = isBetter ? 'better' : 'not better';
  return { verdict, reasons: [...differenceText(difference), certainty, ...unmeasured(comparison)] };
}

function differenceText(difference: number | null): readonly string[] {
  if (difference === null) return [];
  return [`mean Dice ${difference > 0 ? '+' : ''}${difference.toFixed(4)} on the held-out frames`];
}

function missedFloors({ classes }: ModelComparison): string | null {
  const missed = classes.flatMap(({ name, after, floor }) => {
    const isMissed = floor !== null && after.dice !== null && after.dice < floor;
    return isMissed ? [`${name} ${after.dice.toFixed(4)} (floor ${floor})`] : [];
  });
  if (missed.length === 0) return null;
  const rest = missed.length > MAX_NAMED ? ` and ${missed.length - MAX_NAMED} more` : '';
  return `under the floor: ${missed.slice(0, MAX_NAMED).join(', ')}${rest}`;
}

/** Floors that could not be looked at. */
function unmeasured({ classes }: ModelComparison): readonly string[] {
  const names = classes.filter(({ floor, after }) => floor !== null && after.dice === null).map(({ name }) => name);
  if (names.length === 0) return [];
  const rest = names.length > MAX_NAMED ? ` and ${names.length - MAX_NAMED} more` : '';
  return [`not on the held-out frames, so under no floor: ${names.slice(0, MAX_NAMED).join(', ')}${rest}`];
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
