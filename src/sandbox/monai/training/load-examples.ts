import { readFile } from 'node:fs/promises';
import { readMask } from '../../../coco/read-mask.ts';
import type { Example } from '../learner/train-epochs.ts';
import { type RgbImage, readImage } from '../learner/read-image.ts';
import { PythonError } from './log-lines.ts';

/**
 * Reads images and labels of a training list.
 *
 * @param outputs number of label indices that the model knows
 * @throws PythonError as the real trainer fails: unreadable files, unequal sizes, label values that the model lacks
 */
export async function loadExamples(
  list: readonly { image: string; label: string }[],
  outputs: number,
  pause: () => Promise<void>,
): Promise<Example[]> {
  const examples: Example[] = [];
  for (const { image, label } of list) {
    const picture = decode(image, await readFile(image), readImage);
    const mask = decode(label, await readFile(label), (bytes) => readMask(bytes, label));
    examples.push({ image: picture, labels: checkLabels(picture, mask, outputs) });
    await pause();
  }
  return examples;
}

function decode<T>(path: string, bytes: Uint8Array, read: (bytes: Uint8Array) => T): T {
  try {
    return read(bytes);
  } catch {
    throw new PythonError('PIL.UnidentifiedImageError', `cannot identify image file '${path}'`);
  }
}

function checkLabels(image: RgbImage, mask: ReturnType<typeof readMask>, outputs: number): Uint8Array {
  if (mask.width !== image.width || mask.height !== image.height) {
    const sizes = `[${image.height}, ${image.width}] and [${mask.height}, ${mask.width}]`;
    throw new PythonError('ValueError', `sizes of image and label differ: ${sizes}`);
  }
  for (const value of mask.values) {
    if (value < outputs) continue;
    throw new PythonError('RuntimeError', `index ${value} is out of bounds for dimension 1 with size ${outputs}`);
  }
  return Uint8Array.from(mask.values);
}
