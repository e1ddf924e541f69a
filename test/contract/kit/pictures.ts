import { writeMask } from '../../../src/coco/write-mask.ts';
import { createRandom } from '../../../src/sandbox/scenes/random.ts';

/** Square, since a trainer may turn its pictures and put them into one batch. */
export const WIDTH = 96;
export const HEIGHT = 96;

export interface Picture {
  /** Grey PNG with brighter ellipses. */
  readonly image: Uint8Array;
  /** PNG of the same size: which class each ellipse is, 0 elsewhere. */
  readonly label: Uint8Array;
}

/** A picture with one ellipse for each class, so that a small model can learn it in seconds. */
export function picture(number: number, classes: readonly number[]): Picture {
  const random = createRandom('picture', number);
  const values = new Uint8Array(WIDTH * HEIGHT);
  for (const index of classes) {
    const [cx, cy] = [random.between(20, WIDTH - 20), random.between(20, HEIGHT - 20)];
    const [rx, ry] = [random.between(8, 16), random.between(7, 14)];
    for (let at = 0; at < values.length; at += 1) {
      const [dx, dy] = [((at % WIDTH) - cx) / rx, (Math.floor(at / WIDTH) - cy) / ry];
      if (dx * dx + dy * dy <= 1) values[at] = index;
    }
  }
  const step = 150 / Math.max(1, ...classes);
  const grey = Uint8Array.from(values, (index) => Math.min(255, 50 + index * step + random.integer(0, 30)));
  return {
    image: writeMask({ width: WIDTH, height: HEIGHT, values: grey }),
    label: writeMask({ width: WIDTH, height: HEIGHT, values }),
  };
}
