import type { FrameRow } from './frame-row.ts';

type Told = Pick<FrameRow, 'changed' | 'notCompared' | 'deleted' | 'excluded' | 'forgotten' | 'heldOut'>;

/** How much people changed on a frame; empty where that is not known. */
export function changeText({ changed }: Pick<Told, 'changed'>): string {
  if (changed === null) return '';
  const percent = 100 * changed;
  return changed === 0 ? 'untouched' : percent < 0.1 ? 'under 0.1 %' : `${percent.toFixed(1)} %`;
}

/** What is special about a frame; empty for nothing. */
export function markText({ notCompared, deleted, excluded, forgotten, heldOut }: Told): string {
  if (forgotten) return 'forgotten';
  if (deleted) return 'deleted in CVAT';
  const marks = [excluded ? 'excluded from training' : '', heldOut === true ? 'held out' : ''];
  const why = notCompared === null ? '' : `not compared: ${notCompared}`;
  return [...marks, why].filter((text) => text !== '').join(', ');
}
