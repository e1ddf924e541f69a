import type { Judgement } from '../contracts/gate.ts';

/** Tells of pixels that were predicted as classes which the model knows besides the categories. */
export function withOthers(judgement: Judgement, frames: readonly { readonly otherPixels?: number }[]): Judgement {
  const pixels = frames.reduce((sum, { otherPixels = 0 }) => sum + otherPixels, 0);
  if (pixels === 0) return judgement;
  const told = `${pixels} pixels were predicted as classes of the model that no category has, and count as background`;
  return { ...judgement, reasons: [...judgement.reasons, told] };
}
