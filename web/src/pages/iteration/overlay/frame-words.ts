import { countWords } from '../../../words/count-words.ts';
import { countPixels } from './stretches.ts';
import type { ClassChange } from './changes.ts';
import type { Drawing } from './drawing.ts';

/** Longer lists are cut in a text that is read out. */
const MOST_CLASSES = 6;

const pixels = (count: number): string => `${countWords(count)} ${count === 1 ? 'pixel' : 'pixels'}`;

/** What is to be seen on a frame, in words and numbers, for those who do not see it. */
export function frameWords({ name, width, height, has, classes, changes }: Drawing): string {
  const size = `Frame ${name}, ${width} by ${height} pixels.`;
  if (changes === null)
    return `${size} ${onlyWords(
      has,
      classes.map(({ name: label }) => label),
    )}`;
  const changed = [changes.added, changes.removed, changes.relabelled].reduce((sum, set) => sum + countPixels(set), 0);
  if (changed === 0) return `${size} ${changes.union === 0 ? 'Nothing is marked.' : 'People changed nothing.'}`;
  const share = `People changed ${pixels(changed)}, ${percent(changed, changes.union)} of those with a class.`;
  const worst = changes.classes
    .filter(({ before, after, both }) => before + after - 2 * both > 0)
    .toSorted((a, b) => wrong(b) - wrong(a));
  const listed = worst.slice(0, MOST_CLASSES).map(classWords);
  const rest = worst.length > MOST_CLASSES ? [`${worst.length - MOST_CLASSES} more classes`] : [];
  return `${size} ${share} ${[...listed, ...rest].join('; ')}.`;
}

/** `needle: 120 pixels added, 30 taken away`. */
function classWords({ name, before, after, both }: ClassChange): string {
  if (before === 0) return `${name}: new, ${pixels(after)}`;
  if (after === 0) return `${name}: taken away, ${pixels(before)}`;
  return `${name}: ${pixels(after - both)} added, ${countWords(before - both)} taken away`;
}

function onlyWords(has: Drawing['has'], names: readonly string[]): string {
  const what = has.label ? 'Final label' : has.preannotation ? 'Pre-annotation' : null;
  if (what === null) return 'There is nothing to lay over it.';
  return `${what} ${names.length === 0 ? 'without any class' : `with ${names.join(', ')}`}.`;
}

const wrong = ({ before, after, both }: ClassChange): number => before + after - 2 * both;

function percent(part: number, whole: number): string {
  const share = (100 * part) / whole;
  return share < 0.1 ? 'under 0.1 %' : `${share.toFixed(1)} %`;
}
