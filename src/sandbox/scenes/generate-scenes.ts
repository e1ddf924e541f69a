import type { Mask } from '../../coco/mask.ts';
import { degradeMask } from './degrade-mask.ts';
import { paintFrame } from './paint-frame.ts';
import { planScene } from './plan-scene.ts';
import { fillPolygon } from './polygon.ts';
import { createRandom } from './random.ts';

export interface SceneOptions {
  readonly seed: number;
  /** Number of frames. */
  readonly frames: number;
  /** Pixels; 320 by default. */
  readonly width?: number | undefined;
  /** Pixels; 240 by default. */
  readonly height?: number | undefined;
}

export interface Scene {
  /** `frame_000000.png` and on. */
  readonly name: string;
  /** 8-bit RGB PNG. */
  readonly image: Uint8Array;
  /** What the frame shows, as category ids. */
  readonly truth: Mask;
  /** What an old model would have said about it. */
  readonly preliminary: Mask;
}

/**
 * Generated frames in the likeness of endoscopy, each with its true mask and a preliminary one. Every frame depends on
 * the seed and its number alone, so a longer series begins with the shorter one.
 */
export function* generateScenes(options: SceneOptions): Iterable<Scene> {
  const { seed, frames, width = 320, height = 240 } = options;
  for (let frame = 0; frame < frames; frame += 1) {
    const name = `frame_${String(frame).padStart(6, '0')}.png`;
    const plan = planScene(createRandom(seed, name, 'plan'), width, height);
    const truth: Mask = { width, height, values: new Uint8Array(width * height) };
    for (const shape of plan.shapes) fillPolygon(truth, shape.polygon, shape.category);
    yield {
      name,
      image: paintFrame(createRandom(seed, name, 'paint'), truth, plan),
      truth,
      preliminary: degradeMask(createRandom(seed, name, 'degrade'), truth),
    };
  }
}
