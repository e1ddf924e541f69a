import { countOf } from '../../contracts/count-of.ts';
import type { MiddlePoint } from '../../simulation/middle-curve.ts';
import type { Standing } from '../../simulation/standing.ts';
import { formatTable } from './table.ts';

/** What a simulation has found, the best variant first; ends with a line break. */
export function formatStandings(
  standings: readonly Standing[],
  { pool, heldOut }: { readonly pool: number; readonly heldOut: number },
): string {
  const head = ['', 'iterations', 'best Dice', 'middle half', 'with frames', 'last Dice'];
  const rows = standings.map(({ variant, iterations, best, last }) => [
    variant,
    String(iterations),
    best === null ? 'not measured' : best.dice.toFixed(4),
    best === null || best.seeds === 1 ? '' : rangeOf(best),
    best === null ? '' : framesOf(best),
    last === null ? '' : last.dice.toFixed(4),
  ]);
  const size = `${countOf(pool, 'labelled frame')} to choose from, ${heldOut} held out for all of them.`;
  return `${formatTable([head, ...rows])}\n\n${verdict(standings)}${size}\n`;
}

const rangeOf = ({ lower, upper, seeds }: MiddlePoint): string =>
  `${lower.toFixed(4)} to ${upper.toFixed(4)} (${seeds} seeds)`;

const framesOf = ({ frames }: MiddlePoint): string => String(Number(frames.toFixed(1)));

function verdict([first, second]: readonly Standing[]): string {
  if (first?.best == null) return '';
  const { dice, frames } = first.best;
  const reached = `${first.variant} reached the best Dice, ${dice.toFixed(4)} with ${framesOf({ ...first.best, frames })} frames`;
  if (second?.best == null) return `${reached}.\n`;
  const overlap = first.best.seeds > 1 && second.best.upper >= first.best.lower;
  const doubt = first.best.seeds === 1 || overlap ? '; the difference may be chance: compare more seeds' : '';
  return `${reached}; next ${second.variant}, ${second.best.dice.toFixed(4)}${doubt}.\n`;
}
