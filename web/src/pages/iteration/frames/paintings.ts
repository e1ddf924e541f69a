import type { Drawing } from '../overlay/drawing.ts';
import type { Painting } from '../overlay/paint-layer.ts';
import type { SwitchName } from './frame-search.ts';

/** True if a frame has what a switch lays over it. */
export function isThere({ has, changes }: Pick<Drawing, 'has' | 'changes'>, name: SwitchName): boolean {
  return name === 'difference' ? changes !== null : has[name];
}

const OUTLINED = 'outlined';
const FILLED = 'filled';

/**
 * How what is switched on is painted on one picture, the lowest first: one layer filled, so that the picture can still be seen, and the others as
 * dashed outlines over it.
 */
export function overlaid(on: readonly SwitchName[]): readonly Painting[] {
  const layers = (['label', 'preannotation', 'prediction'] as const).filter((name) => on.includes(name));
  const painted = layers.map((layer, at): Painting => ({ kind: at === 0 ? FILLED : OUTLINED, layer }));
  const [lowest, ...others] = painted;
  return [...(lowest === undefined ? [] : [lowest]), ...differenceOf(on), ...others];
}

/** The same on two pictures: what people were given at the left, what they made of it at the right. */
export function sideBySide(on: readonly SwitchName[]): readonly [readonly Painting[], readonly Painting[]] {
  const filled = (layer: 'preannotation' | 'label'): readonly Painting[] =>
    on.includes(layer) ? [{ kind: FILLED, layer }] : [];
  const prediction: readonly Painting[] = on.includes('prediction') ? [{ kind: OUTLINED, layer: 'prediction' }] : [];
  return [filled('preannotation'), [...filled('label'), ...differenceOf(on), ...prediction]];
}

function differenceOf(on: readonly SwitchName[]): readonly Painting[] {
  return on.includes('difference') ? [{ kind: 'difference' }] : [];
}
