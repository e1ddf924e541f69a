import type { FrameRow } from '../../../../../src/gallery/frame-row.ts';

type Told = Pick<FrameRow, 'changed' | 'notCompared' | 'deleted' | 'excluded' | 'forgotten' | 'heldOut' | 'dice'>;

/** How much people changed on a frame, or what else is special about it, in two words. */
export function changeText({ changed, notCompared, deleted, excluded, forgotten, heldOut }: Told): string {
  if (forgotten) return 'forgotten';
  if (deleted) return 'deleted';
  const mark = excluded ? 'excluded, ' : heldOut === true ? 'held out, ' : '';
  if (changed === null) return mark === '' ? (notCompared ?? '') : mark.slice(0, -2);
  const percent = 100 * changed;
  const share = changed === 0 ? 'untouched' : percent < 0.1 ? 'under 0.1 %' : `${percent.toFixed(1)} %`;
  return `${mark}${share}`;
}
