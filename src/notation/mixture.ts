import { STRATEGIES, type SelectionOptions, type Strategy } from '../contracts/selection.ts';
import { NotationError } from './notation-error.ts';

type Mixture = SelectionOptions['mixture'];

const PART = /^(\d+(?:\.\d+)?)\s*%\s*([a-z-]+)$/;
const EXAMPLE = '70% uncertainty, 30% random';
/** Hundredths of a per cent: so small a difference to 100 % is a slip of the numbers' own. */
const SLIP = 1e-6;

/**
 * One strategy by its name, or several with their shares: `70% uncertainty, 30% random`.
 *
 * @returns shares above 0 that add up to 1, in the order of the text
 * @throws NotationError
 */
export function parseMixture(text: string): Mixture {
  const whole = strategyOf(text.trim());
  if (whole !== null) return [{ strategy: whole, share: 1 }];
  const parts = text.split(',').map((part) => partOf(part.trim()));
  const names = parts.map(({ strategy }) => strategy);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new NotationError(`${twice} is named twice.`);
  const sum = parts.reduce((total, { percent }) => total + percent, 0);
  if (Math.abs(sum - 100) > SLIP) throw new NotationError(`The shares add up to ${Number(sum.toFixed(6))}%, not 100%.`);
  return parts.map(({ strategy, percent }) => ({ strategy, share: percent / 100 }));
}

/** A mixture as {@link parseMixture} reads it. */
export function writeMixture(mixture: Mixture): string {
  const [only, ...others] = mixture;
  if (only !== undefined && others.length === 0) return only.strategy;
  return mixture.map(({ strategy, share }) => `${Number((share * 100).toFixed(6))}% ${strategy}`).join(', ');
}

function partOf(part: string): { readonly strategy: Strategy; readonly percent: number } {
  const [, digits = '', name = ''] = PART.exec(part) ?? [];
  const strategy = strategyOf(name);
  const percent = Number(digits);
  if (strategy === null || !(percent > 0)) {
    throw new NotationError(`Write one of ${STRATEGIES.join(', ')}, or several with shares: "${EXAMPLE}".`);
  }
  return { strategy, percent };
}

function strategyOf(name: string): Strategy | null {
  return STRATEGIES.find((known) => known === name) ?? null;
}
