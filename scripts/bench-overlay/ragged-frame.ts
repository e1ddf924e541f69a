import { maskRuns } from '../../src/coco/mask-runs.ts';
import { encodeCounts } from '../../src/coco/rle.ts';
import type { FrameShapes } from '../../web/src/pages/iteration/overlay/drawing.ts';

const WIDTH = 1920;
const HEIGHT = 1080;
const COLOURS = ['#e6194b', '#3cb44b', '#ffe119', '#4363d8', '#f58231', '#911eb4'];
/** Pixels by which an edge wanders. */
const RAGGED = 24;
/** Share of pixels within a class that are none of it. */
const HOLES = 0.0003;

/** A frame of 1080p with six classes: discs with torn edges and holes, the final labels a little beside the pre-annotations. */
export function raggedFrame(): FrameShapes {
  const layers = { preannotation: layer(1, 0), label: layer(2, 12), prediction: null };
  const classes = COLOURS.map((colour, at) => ({ category: at + 1, name: `class ${at + 1}`, colour }));
  return { name: 'made.png', width: WIDTH, height: HEIGHT, classes, layers };
}

function layer(seed: number, shift: number): NonNullable<FrameShapes['layers']['label']> {
  const values = new Uint8Array(WIDTH * HEIGHT);
  let state = seed;
  const noise = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  COLOURS.forEach((_, at) => {
    const [left, top] = [(at % 3) * 640 + 320 + shift, Math.floor(at / 3) * 540 + 270 + shift];
    for (let y = Math.max(0, top - 260); y < Math.min(HEIGHT, top + 260); y += 1) {
      const half = Math.sqrt(Math.max(0, 250 ** 2 - (y - top) ** 2)) * 1.2;
      const [from, to] = [left - half + RAGGED * noise(), left + half - RAGGED * noise()];
      for (let x = Math.max(0, Math.round(from)); x < Math.min(WIDTH, to); x += 1) {
        if (noise() > HOLES) values[y * WIDTH + x] = at + 1;
      }
    }
  });
  return maskRuns({ width: WIDTH, height: HEIGHT, values }).map(({ value, runs, area, bbox }) => {
    return { category: value, counts: encodeCounts(runs), pixels: area, box: bbox };
  });
}
