/**
 * Dice of each class of one image, `2 |A∩B| / (|A| + |B|)`; null for a class that the label lacks.
 *
 * @param outputs number of label indices; index 0, the background, is left out
 * @returns `outputs - 1` values
 */
export function diceByClass(predicted: Uint8Array, label: Uint8Array, outputs: number): (number | null)[] {
  const inBoth = new Float64Array(outputs);
  const inPrediction = new Float64Array(outputs);
  const inLabel = new Float64Array(outputs);
  for (let at = 0; at < label.length; at += 1) {
    const said = predicted[at]!;
    const meant = label[at]!;
    inPrediction[said]! += 1;
    inLabel[meant]! += 1;
    if (said === meant) inBoth[meant]! += 1;
  }
  return Array.from({ length: outputs - 1 }, (_, index) => {
    const own = inLabel[index + 1]!;
    return own === 0 ? null : (2 * inBoth[index + 1]!) / (own + inPrediction[index + 1]!);
  });
}

/** The mean over each image's present classes, then over the images that have any; 0 without such an image. */
export function meanDice(images: readonly (readonly (number | null)[])[]): number {
  const perImage = images
    .map((classes) => classes.filter((dice) => dice !== null))
    .filter((classes) => classes.length > 0)
    .map(mean);
  return perImage.length === 0 ? 0 : mean(perImage);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
